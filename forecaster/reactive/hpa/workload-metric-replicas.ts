import type { Failure } from './failure.ts'
import { countRunningReady } from './group-pods.ts'
import { addInt64, ceilToInt32, ceilToInt64, type Int64, MAX_INT64 } from './int64.ts'
import type { Pod } from './pod.ts'
import { isWithinTolerance, type Tolerance } from './tolerance.ts'

/**
 * Replicas for a metric of the whole workload with a target for the whole (Value). From 0 replicas
 * there is neither tolerance nor a pod to multiply with.
 *
 * @param value metric and target in thousandths of the same unit, the target not 0
 */
export function valueReplicas(
  value: Int64,
  target: Int64,
  currentReplicas: number,
  tolerance: Tolerance,
  pods: readonly Pod[],
): number | Failure {
  const usageRatio = Number(value) / Number(target)
  if (currentReplicas === 0) return ceilToInt32(usageRatio)
  if (isWithinTolerance(tolerance, usageRatio)) return currentReplicas
  if (pods.length > 0) return ceilToInt32(usageRatio * countRunningReady(pods))
  const what = 'no pods returned by selector while calculating replica count'
  return { failure: `unable to calculate ready pods: ${what}` }
}

/**
 * Replicas for a metric of the whole workload with a target per replica (AverageValue).
 *
 * @param usage metric and target in the same unit, the target above 0
 */
export function averageValueReplicas(
  usage: Int64,
  targetPerReplica: Int64,
  statusReplicas: number,
  tolerance: Tolerance,
): number {
  const total = Number(usage)
  const target = Number(targetPerReplica)
  if (isWithinTolerance(tolerance, total / (target * statusReplicas))) return statusReplicas
  return ceilToInt32(total / target)
}

/** What is reported as each replica's part of a metric of the whole workload. */
export function usagePerReplica(usage: Int64, statusReplicas: number): Int64 {
  if (statusReplicas === 0) return 0
  const total = Number(usage)
  return total >= Number(MAX_INT64) ? MAX_INT64 : ceilToInt64(total / statusReplicas)
}

/** The sum of an external metric's values for a target of the whole, at most MAX_INT64. */
export function sumForValue(values: readonly Int64[]): Int64 {
  let sum: Int64 = 0
  for (const value of values) {
    if (value > 0 && sum > MAX_INT64 - BigInt(value)) return MAX_INT64
    sum = addInt64(sum, value)
  }
  return sum
}

/** The same for a target per replica. Here upstream takes any sum below 0 for an overflow. */
export function sumForAverageValue(values: readonly Int64[]): Int64 {
  let sum: Int64 = 0
  for (const value of values) {
    sum = addInt64(sum, value)
    if (sum < 0) return MAX_INT64
  }
  return sum
}
