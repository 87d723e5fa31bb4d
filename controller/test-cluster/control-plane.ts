import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { KubeConfig } from '@kubernetes/client-node'

import { AUDIT_LOG, auditPolicy } from './audit-log.ts'
import type { Binaries } from './binaries.ts'
import type { KeyPair } from './certificates.ts'
import { makeCertificates } from './certificates.ts'
import { removeAtExit } from './children.ts'
import {
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
  kwokArguments,
  schedulerArguments,
  schedulerConfig,
} from './component-arguments.ts'
import { createFakeNodes } from './fake-nodes.ts'
import { freePort } from './free-port.ts'
import { answersOk } from './http-get.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import { podStages } from './kwok-stages.ts'
import type { ProcessOptions, RunningProcess } from './process.ts'
import { startProcess } from './process.ts'
import { say, seconds } from './say.ts'

export interface ControlPlane {
  kubeconfigPath: string
  kubeConfig: KubeConfig
  server: string
  /** For other TLS servers on the loopback. */
  serverCertificate: KeyPair
  /** What the API server wrote down of every write: see audit-log.ts. */
  auditFile: string
  /** Removed when this process ends. */
  folder: string
  processes: () => readonly RunningProcess[]
  /** Stops the API server, waits `downSeconds`, starts it again and waits until it is ready. */
  restartApiServer: (downSeconds?: number) => Promise<void>
  stop: () => Promise<void>
}

/** A real control plane on the loopback: etcd, API server, controllers, scheduler, fake nodes. */
export async function startControlPlane(
  binaries: Binaries,
  logFolder: string,
  nodes = 10,
): Promise<ControlPlane> {
  const begun = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'foresail-cluster-'))
  removeAtExit(folder)
  const start = (
    name: string,
    command: string,
    args: readonly string[],
    health: string,
  ): Promise<RunningProcess> => startProcess(asProcess(logFolder, name, command, args, health))

  const certificates = await makeCertificates(folder)
  const [etcdPort, port] = [await freePort(), await freePort()]
  const server = `https://127.0.0.1:${port}`
  const kubeconfigPath = join(folder, 'kubeconfig')
  await writeKubeconfig(kubeconfigPath, server, certificates)

  const etcdArgs = etcdArguments(join(folder, 'etcd'), etcdPort, await freePort())
  const etcd = await start('etcd', binaries.etcd, etcdArgs, `http://127.0.0.1:${etcdPort}/health`)
  const policyFile = join(folder, 'audit-policy.json')
  await writeFile(policyFile, auditPolicy())
  const auditFile = join(logFolder, AUDIT_LOG)
  const startApiServer = (): Promise<RunningProcess> =>
    start(
      'kube-apiserver',
      binaries.kubeApiserver,
      apiServerArguments(certificates, etcdPort, port, { policyFile, logFile: auditFile }),
      `${server}/readyz`,
    )
  let apiServer = await startApiServer()
  say(`  API server ready after ${seconds(begun)}`)

  const schedulerFile = join(folder, 'scheduler.json')
  await writeFile(schedulerFile, schedulerConfig(kubeconfigPath))
  const podStagesFile = join(folder, 'pod-stages.yaml')
  await writeFile(podStagesFile, podStages())
  const [managerPort, schedulerPort] = [await freePort(), await freePort()]
  const others = await Promise.all([
    start(
      'kube-controller-manager',
      binaries.kubeControllerManager,
      controllerManagerArguments(kubeconfigPath, managerPort),
      `https://127.0.0.1:${managerPort}/healthz`,
    ),
    start(
      'kube-scheduler',
      binaries.kubeScheduler,
      schedulerArguments(schedulerFile, schedulerPort),
      `https://127.0.0.1:${schedulerPort}/healthz`,
    ),
    startProcess({
      name: 'kwok',
      command: binaries.kwok,
      args: kwokArguments(kubeconfigPath, [...binaries.kwokNodeStages, podStagesFile]),
      logFile: join(logFolder, 'kwok.log'),
    }),
  ])
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromFile(kubeconfigPath)
  await createFakeNodes(kubeConfig, nodes)
  say(`control plane up with ${nodes} fake nodes in ${seconds(begun)}`)

  return {
    kubeconfigPath,
    kubeConfig,
    server,
    serverCertificate: certificates.server,
    auditFile,
    folder,
    processes: () => [etcd, apiServer, ...others],
    restartApiServer: async (downSeconds = 0) => {
      // Open watches would hold it for a minute; it is killed, which clients see as a crash.
      await apiServer.stop(2)
      await sleep(downSeconds * 1000)
      apiServer = await startApiServer()
    },
    stop: async () => {
      await Promise.all(others.map((process) => process.stop()))
      await apiServer.stop(1)
      await etcd.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function asProcess(
  logFolder: string,
  name: string,
  command: string,
  args: readonly string[],
  health: string,
): ProcessOptions {
  return {
    ...{ name, command, args },
    logFile: join(logFolder, `${name}.log`),
    ready: () => answersOk(health),
    readyWithinSeconds: 120,
  }
}
