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

/** Records a workload second by second until it is stopped, at the latest when the scenario ends. */
export function recordWorkload(
  cluster: Cluster,
  namespace: string,
  workload: string,
  demand: (at: number) => number,
  fileName = `${namespace}-${workload}.csv`,
): Recorder {
  const seconds: RecordedSecond[] = []
  const file = join(cluster.artefacts, fileName)
  let reading = false
  const timer = setInterval(() => {
    if (reading) return
    reading = true
    void readSecond(cluster, namespace, workload, demand).then((second) => {
      seconds.push(second)
      reading = false
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

async function readSecond(
  cluster: Cluster,
  namespace: string,
  name: string,
  demand: (at: number) => number,
): Promise<RecordedSecond> {
  const at = Date.now()
  const ready = cluster.metrics.readyPods(namespace, name)
  const [scale, hpa] = await Promise.all([
    orUndefined(cluster.apps.readNamespacedDeploymentScale({ namespace, name })),
    orUndefined(cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({ namespace, name })),
  ])
  const cpu = hpa?.spec?.metrics?.find(({ resource }) => resource?.name === 'cpu')
  return {
    ...{ at, demand: demand(at), ready },
    desired: scale?.spec?.replicas ?? Number.NaN,
    minReplicas: hpa?.spec?.minReplicas ?? Number.NaN,
    hpaDesired: hpa?.status?.desiredReplicas ?? Number.NaN,
    cpuTarget: cpu?.resource?.target.averageUtilization ?? Number.NaN,
  }
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch {
    return undefined
  }
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

/** Seconds in which the Ready pods could not carry the demand, `capacity` being what one can carry. */
export function violatedSeconds(seconds: readonly RecordedSecond[], capacity: number): number {
  return seconds.filter(({ demand, ready }) => demand > ready * capacity).length
}

/** Pods paid for, Ready or not, in pod-minutes. */
export function replicaMinutes(seconds: readonly RecordedSecond[]): number {
  const paid = seconds.map(({ desired, ready }) => (Number.isNaN(desired) ? ready : desired))
  return paid.reduce((sum, replicas) => sum + replicas, 0) / 60
}
