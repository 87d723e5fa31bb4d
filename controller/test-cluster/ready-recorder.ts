import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Cluster } from './cluster.ts'

/** One second of a workload's life; NaN where the API server could not be asked. */
export interface RecordedSecond {
  /** Milliseconds since 1970. */
  at: number
  demand: number
  /** Pods that are Ready. */
  ready: number
  /** spec.replicas of the Deployment. */
  desired: number
  /** Of the HPA: the floor, what it last wanted, and the CPU target in per cent. */
  minReplicas: number
  hpaDesired: number
  cpuTarget: number
}

export interface Recorder {
  seconds: readonly RecordedSecond[]
  /** Ends the recording and writes it as CSV into the artefacts; returns the file. */
  stop: () => Promise<string>
}

/** Records a workload second by second until stopped, at the latest when the scenario ends. */
export function recordWorkload(
  cluster: Cluster,
  namespace: string,
  workload: string,
  fileName = `${namespace}-${workload}.csv`,
): Recorder {
  const seconds: RecordedSecond[] = []
  const file = join(cluster.artefacts, fileName)
  let asking = false
  const timer = setInterval(() => {
    // A row every second whatever the API server does; what it answers is filled in.
    const second = begin(cluster, namespace, workload)
    seconds.push(second)
    if (asking) return
    asking = true
    void ask(cluster, namespace, workload, second).finally(() => {
      asking = false
    })
  }, 1000)
  let written: Promise<void> | undefined
  const stop = async (): Promise<string> => {
    clearInterval(timer)
    written ??= writeFile(file, csv(seconds))
    await written
    return file
  }
  cluster.defer(stop)
  return { seconds, stop }
}

function begin(cluster: Cluster, namespace: string, workload: string): RecordedSecond {
  const at = Date.now()
  return {
    at,
    demand: cluster.metrics.demand(namespace, workload, at),
    ready: cluster.metrics.readyPods(namespace, workload),
    ...{ desired: Number.NaN, minReplicas: Number.NaN, hpaDesired: Number.NaN },
    cpuTarget: Number.NaN,
  }
}

async function ask(
  cluster: Cluster,
  namespace: string,
  name: string,
  second: RecordedSecond,
): Promise<void> {
  const [scale, hpa] = await Promise.allSettled([
    cluster.apps.readNamespacedDeploymentScale({ namespace, name }),
    cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({ namespace, name }),
  ])
  if (scale.status === 'fulfilled') second.desired = scale.value.spec?.replicas ?? 0
  if (hpa.status !== 'fulfilled') return
  const { spec, status } = hpa.value
  const cpu = spec.metrics?.find(({ resource }) => resource?.name === 'cpu')
  second.minReplicas = spec.minReplicas ?? 1
  second.hpaDesired = status?.desiredReplicas ?? Number.NaN
  second.cpuTarget = cpu?.resource?.target.averageUtilization ?? Number.NaN
}

function csv(seconds: readonly RecordedSecond[]): string {
  const header = 'time,demand,ready,desired,min_replicas,hpa_desired,cpu_target'
  const cell = (value: number): string => (Number.isNaN(value) ? '' : String(value))
  const rows = seconds.map((second) =>
    [
      new Date(second.at).toISOString(),
      ...[second.demand, second.ready, second.desired, second.minReplicas].map(cell),
      ...[second.hpaDesired, second.cpuTarget].map(cell),
    ].join(','),
  )
  return `${[header, ...rows].join('\n')}\n`
}

/** Seconds in which the Ready pods could not carry the demand; `capacity` is what one can carry. */
export function violatedSeconds(seconds: readonly RecordedSecond[], capacity: number): number {
  return seconds.filter(({ demand, ready }) => demand > ready * capacity).length
}

/** Pods paid for, Ready or not, in pod-minutes. */
export function replicaMinutes(seconds: readonly RecordedSecond[]): number {
  const paid = seconds.map(({ desired, ready }) => (Number.isNaN(desired) ? ready : desired))
  return paid.reduce((sum, replicas) => sum + replicas, 0) / 60
}
