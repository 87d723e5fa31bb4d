import { type Failure, isFailure } from './failure.ts'
import { groupPods, type PodGroups, type ReadinessTiming } from './group-pods.ts'
import { divideInt64, type Int64, multiplyInt64 } from './int64.ts'
import type { Pod, PodMetrics } from './pod.ts'
import { podRequest } from './pod-request.ts'
import { type Filling, replicasFromRatio } from './replicas-from-ratio.ts'
import type { Tolerance } from './tolerance.ts'
import { meanUsageOf, type PodShare, utilizationOf } from './usage-ratio.ts'

/** What every metric that pods have one by one is judged by. */
export interface PodMetricInput {
  pods: readonly Pod[]
  metrics: PodMetrics
  /** '' where the metric is no resource. */
  resource: string
  currentReplicas: number
  tolerance: Tolerance
  timing: ReadinessTiming
  nowSeconds: number
}

export interface UtilizationInput extends PodMetricInput {
  /** Only this container of each pod; null for whole pods. */
  container: string | null
  targetPercent: number
  podLevelResources: boolean
}

export interface UtilizationReplicas {
  replicas: number
  /** Before anything is filled in. */
  utilizationPercent: number
  averageUsage: Int64
}

/** Replicas for a target in per cent of what the pods request. */
export function utilizationReplicas(input: UtilizationInput): UtilizationReplicas | Failure {
  const { metrics, resource, container, targetPercent } = input
  const counted = countedPods(input)
  if (isFailure(counted)) return counted
  const { groups, counting } = counted
  const requests = new Map<Pod, Int64>()
  for (const pod of input.pods) {
    const request = podRequest(pod, resource, container, input.podLevelResources)
    if (isFailure(request)) return request
    requests.set(pod, request)
  }
  const share = (pod: Pod, usage: Int64): PodShare => ({ usage, request: requests.get(pod) ?? 0 })
  const shares = groups.ready.map((pod) => share(pod, metrics.get(pod.name)?.value ?? 0))
  const utilization = utilizationOf(shares, targetPercent)
  if (isFailure(utilization)) return utilization
  const { ratio, utilizationPercent, averageUsage } = utilization

  const fillIn = (filling: Filling) => {
    const all = Math.max(100, targetPercent)
    const missing = fill(groups.missing, filling.missing, (pod) => {
      return divideInt64(multiplyInt64(requests.get(pod) ?? 0, all), 100)
    })
    const unready = fill(groups.unready, filling.unready, () => 0)
    const added = [...missing, ...unready].map(({ pod, usage }) => share(pod, usage))
    const refilled = utilizationOf([...shares, ...added], targetPercent)
    if (isFailure(refilled)) return refilled
    return { ratio: refilled.ratio, podCount: counting + added.length }
  }
  const replicas = replicasFromRatio({ ...input, usageRatio: ratio, pods: groups, fillIn })
  return isFailure(replicas) ? replicas : { replicas, utilizationPercent, averageUsage }
}

export interface MeanReplicas {
  replicas: number
  /** Before anything is filled in. */
  averageUsage: Int64
}

/** Replicas for a target per pod, in thousandths of the metric's unit. */
export function meanReplicas(input: PodMetricInput & { target: Int64 }): MeanReplicas | Failure {
  const { metrics, target } = input
  const counted = countedPods(input)
  if (isFailure(counted)) return counted
  const { groups, counting } = counted
  const values = groups.ready.map((pod) => metrics.get(pod.name)?.value ?? 0)
  // A metric of a pod that is not (or no longer) listed counts all the same.
  if (counting > values.length) values.push(...valuesOfUnlisted(input))
  const { ratio, averageUsage } = meanUsageOf(values, target)

  const fillIn = (filling: Filling) => {
    const missing = fill(groups.missing, filling.missing, () => target)
    const unready = fill(groups.unready, filling.unready, () => 0)
    const filled = [...values, ...[...missing, ...unready].map(({ usage }) => usage)]
    return { ratio: meanUsageOf(filled, target).ratio, podCount: filled.length }
  }
  const replicas = replicasFromRatio({ ...input, usageRatio: ratio, pods: groups, fillIn })
  return isFailure(replicas) ? replicas : { replicas, averageUsage }
}

/** @returns the groups, and how many metrics are left once those of pods that do not count are dropped */
function countedPods(input: PodMetricInput): { groups: PodGroups; counting: number } | Failure {
  const { pods, metrics } = input
  if (pods.length === 0) {
    return { failure: 'no pods returned by selector while calculating replica count' }
  }
  const groups = groupPods(pods, metrics, input.resource, input.timing, input.nowSeconds)
  let counting = metrics.size
  for (const { name } of groups.ignored) if (metrics.has(name)) counting--
  for (const { name } of groups.unready) if (metrics.has(name)) counting--
  if (counting > 0) return { groups, counting }
  return { failure: 'did not receive metrics for targeted pods (pods might be unready)' }
}

function valuesOfUnlisted({ pods, metrics }: PodMetricInput): Int64[] {
  const listed = new Set(pods.map(({ name }) => name))
  return [...metrics].filter(([name]) => !listed.has(name)).map(([, { value }]) => value)
}

function fill(
  pods: readonly Pod[],
  how: 'nothing' | 'all' | 'leftOut',
  all: (pod: Pod) => Int64,
): { pod: Pod; usage: Int64 }[] {
  if (how === 'leftOut') return []
  return pods.map((pod) => ({ pod, usage: how === 'all' ? all(pod) : 0 }))
}
