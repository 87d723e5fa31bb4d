import type { Pod, PodMetric, PodMetrics } from './pod.ts'

/** What every pod counts as. */
export interface PodGroups {
  /** Counted with their metric. */
  ready: Pod[]
  /** Their metric is dropped; on the way up they count as using nothing. */
  unready: Pod[]
  /** Without a metric: filled in at the careful side. */
  missing: Pod[]
  /** Gone or going: not counted at all. */
  ignored: Pod[]
}

/** How a pod that has just started is told from one that serves. */
export interface ReadinessTiming {
  cpuInitializationPeriodSeconds: number
  initialReadinessDelaySeconds: number
}

/** @param resource '' for a metric that is no resource: only for cpu does readiness matter */
export function groupPods(
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string,
  timing: ReadinessTiming,
  nowSeconds: number,
): PodGroups {
  const groups: PodGroups = { ready: [], unready: [], missing: [], ignored: [] }
  for (const pod of pods) {
    const metric = metrics.get(pod.name)
    if (pod.deleted || pod.phase === 'Failed' || pod.phase === 'Succeeded') groups.ignored.push(pod)
    else if (pod.phase === 'Pending') groups.unready.push(pod)
    else if (metric === undefined) groups.missing.push(pod)
    else if (resource === 'cpu' && isUnready(pod, metric, timing, nowSeconds))
      groups.unready.push(pod)
    else groups.ready.push(pod)
  }
  return groups
}

/** Whether what a pod uses is its start-up rather than its load. */
function isUnready(
  { ready, startSeconds }: Pod,
  metric: PodMetric,
  timing: ReadinessTiming,
  nowSeconds: number,
): boolean {
  if (ready === null || startSeconds === null) return true
  if (startSeconds + timing.cpuInitializationPeriodSeconds > nowSeconds) {
    // Until its whole window lies after the change, a metric still holds the start-up.
    return ready.status === 'False' || metric.atSeconds < ready.sinceSeconds + metric.windowSeconds
  }
  // Not ready since it started: it never was.
  return (
    ready.status === 'False' &&
    startSeconds + timing.initialReadinessDelaySeconds > ready.sinceSeconds
  )
}

/** Ready and running, whatever the metrics say: what a metric of the whole workload is shared by. */
export function countRunningReady(pods: readonly Pod[]): number {
  let count = 0
  for (const { phase, ready } of pods) if (phase === 'Running' && ready?.status === 'True') count++
  return count
}
