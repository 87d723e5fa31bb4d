import { type Failure, isFailure } from './failure.ts'
import { addInt64, type Int64 } from './int64.ts'
import type { PodMetric, PodMetrics } from './pod.ts'

/** What metrics.k8s.io says of one pod, for one resource. */
export interface PodUsage {
  pod: string
  atSeconds: number
  windowSeconds: number
  /** In thousandths; null where the container's entry lacks the resource. */
  containers: readonly { name: string; usage: Int64 | null }[]
}

/** What the metrics API answered for one metric of the HPA, or that it did not. */
export type Sample =
  | Failure
  | { kind: 'resource'; pods: readonly PodUsage[] }
  | { kind: 'pods'; pods: readonly ({ pod: string } & PodMetric)[] }
  | { kind: 'object'; value: Int64 }
  | { kind: 'external'; values: readonly Int64[] }

/**
 * Usage by pod: the sum over a pod's containers, or one container's alone. A pod of which any needed
 * part is missing has no metric.
 *
 * @param container null for whole pods
 */
export function resourceMetrics(sample: Sample, container: string | null): PodMetrics | Failure {
  if (isFailure(sample)) return sample
  if (sample.kind !== 'resource' || sample.pods.length === 0) {
    return { failure: 'no metrics returned from resource metrics API' }
  }
  const metrics = new Map<string, PodMetric>()
  for (const { pod, atSeconds, windowSeconds, containers } of sample.pods) {
    const value = container === null ? sumOf(containers) : usageOf(containers, container)
    if (value !== null) metrics.set(pod, { value, atSeconds, windowSeconds })
  }
  return metrics
}

export function customMetrics(sample: Sample): PodMetrics | Failure {
  if (isFailure(sample)) return sample
  if (sample.kind !== 'pods' || sample.pods.length === 0) {
    return { failure: 'no metrics returned from custom metrics API' }
  }
  return new Map(sample.pods.map(({ pod, ...metric }) => [pod, metric]))
}

export function objectMetric(sample: Sample): { value: Int64 } | Failure {
  if (isFailure(sample)) return sample
  if (sample.kind === 'object') return sample
  return { failure: 'unable to fetch metrics from custom metrics API: no value' }
}

export function externalMetric(sample: Sample): readonly Int64[] | Failure {
  if (isFailure(sample)) return sample
  if (sample.kind === 'external' && sample.values.length > 0) return sample.values
  return { failure: 'no metrics returned from external metrics API' }
}

function sumOf(containers: PodUsage['containers']): Int64 | null {
  let sum: Int64 = 0
  for (const { usage } of containers) {
    if (usage === null) return null
    sum = addInt64(sum, usage)
  }
  return containers.length === 0 ? null : sum
}

function usageOf(containers: PodUsage['containers'], container: string): Int64 | null {
  return containers.find(({ name }) => name === container)?.usage ?? null
}
