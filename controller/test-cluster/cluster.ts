import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { AppsV1Api, AutoscalingV2Api, CoreV1Api } from '@kubernetes/client-node'
import type { Binaries } from './binaries.ts'
import { ensureBinaries } from './binaries.ts'
import { runCommand } from './command.ts'
import type { ControlPlane } from './control-plane.ts'
import { startControlPlane } from './control-plane.ts'
import type { MetricsServer } from './metrics-server.ts'
import { startMetricsServer } from './metrics-server.ts'
import type { ProcessOptions, RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import type { PrometheusOptions, PrometheusServer } from './prometheus.ts'
import { startPrometheus } from './prometheus.ts'
import { say } from './say.ts'

/** Where scenarios leave logs and recordings; two runs at once need two folders. */
const ARTEFACTS =
  process.env['FORESAIL_TEST_ARTEFACTS'] ??
  join(import.meta.dirname, '../../.artefacts/test-cluster')

/** What a scenario gets: the running cluster, and what it needs to start more beside it. */
export interface Cluster {
  binaries: Binaries
  controlPlane: ControlPlane
  kubeConfig: KubeConfig
  kubeconfigPath: string
  core: CoreV1Api
  apps: AppsV1Api
  autoscaling: AutoscalingV2Api
  metrics: MetricsServer
  /** Where a scenario leaves files for people to look at. */
  artefacts: string
  /** A line of what was measured; printed now and again in the summary. */
  measured: (text: string) => void
  /** Runs after the scenario, whatever its outcome, last one first. */
  defer: (cleanup: () => unknown) => void
  /** A namespace of the scenario's own, deleted after it. */
  createNamespace: (prefix: string) => Promise<string>
  kubectl: (...args: string[]) => Promise<string>
  /** A process with its log beside the others, stopped after the scenario. */
  start: (options: Omit<ProcessOptions, 'logFile'>) => Promise<RunningProcess>
  /** A Prometheus that scrapes the metrics server, and `targets`; stopped after the scenario. */
  startPrometheus: (options: Partial<PrometheusOptions>) => Promise<PrometheusServer>
}

export interface ClusterRun {
  /** The cluster as one scenario sees it, and what ends that: cleans up and returns what was measured. */
  beginScenario: () => { cluster: Cluster; end: () => Promise<readonly string[]> }
  logFolder: string
  stop: () => Promise<void>
}

/** Sets up everything that scenarios share. */
export async function startCluster(): Promise<ClusterRun> {
  const logFolder = join(ARTEFACTS, 'logs')
  rmSync(ARTEFACTS, { recursive: true, force: true })
  mkdirSync(logFolder, { recursive: true })
  const binaries = await ensureBinaries()
  const controlPlane = await startControlPlane(binaries, logFolder)
  const { kubeConfig, kubeconfigPath } = controlPlane
  const metrics = await startMetricsServer(kubeConfig, controlPlane.serverCertificate)
  say('metrics.k8s.io registered')
  const core = kubeConfig.makeApiClient(CoreV1Api)
  let namespaces = 0

  const beginScenario: ClusterRun['beginScenario'] = () => {
    const cleanups: (() => unknown)[] = []
    const measurements: string[] = []
    const cluster: Cluster = {
      ...{
        binaries,
        controlPlane,
        kubeConfig,
        kubeconfigPath,
        core,
        metrics,
        artefacts: ARTEFACTS,
      },
      apps: kubeConfig.makeApiClient(AppsV1Api),
      autoscaling: kubeConfig.makeApiClient(AutoscalingV2Api),
      measured: (text) => {
        say(`  ${text}`)
        measurements.push(text)
      },
      defer: (cleanup) => {
        cleanups.push(cleanup)
      },
      createNamespace: async (prefix) => {
        namespaces += 1
        const name = `${prefix}-${namespaces}`
        await core.createNamespace({ body: { metadata: { name } } })
        cluster.defer(() => core.deleteNamespace({ name }))
        return name
      },
      kubectl: (...args) => runCommand(binaries.kubectl, ['--kubeconfig', kubeconfigPath, ...args]),
      start: async (options) => {
        const logFile = join(logFolder, `${options.name}.log`)
        const process = await startProcess({ ...options, logFile })
        cluster.defer(() => process.stop())
        return process
      },
      startPrometheus: async ({ targets = [], ...rest }) => {
        const exporter = {
          job: 'shop',
          address: metrics.exporterAddress,
          withoutTargetLabels: true,
        }
        const prometheus = await startPrometheus(binaries, logFolder, {
          ...rest,
          targets: [exporter, ...targets],
        })
        cluster.defer(() => prometheus.stop())
        return prometheus
      },
    }
    const end = async (): Promise<readonly string[]> => {
      for (const cleanup of cleanups.reverse()) {
        try {
          await cleanup()
        } catch (error) {
          say(`cleaning up: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
      return measurements
    }
    return { cluster, end }
  }
  return {
    beginScenario,
    logFolder,
    stop: async () => {
      await metrics.stop()
      await controlPlane.stop()
    },
  }
}
