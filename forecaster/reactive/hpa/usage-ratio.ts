import type { Failure } from './failure.ts'
import { addInt64, divideInt64, type Int64, multiplyInt64, toInt32 } from './int64.ts'

/** What one pod uses of what it asked for, in thousandths. */
export interface PodShare {
  usage: Int64
  request: Int64
}

export interface Utilization {
  /** Utilization over its target. */
  ratio: number
  /** Whole per cent of the requests: the ratio moves in steps of one. */
  utilizationPercent: number
  /** Mean usage per pod, in thousandths. */
  averageUsage: Int64
}

/** @param targetPercent above 0 */
export function utilizationOf(
  shares: readonly PodShare[],
  targetPercent: number,
): Utilization | Failure {
  let usage: Int64 = 0
  let requested: Int64 = 0
  for (const share of shares) {
    usage = addInt64(usage, share.usage)
    requested = addInt64(requested, share.request)
  }
  if (requested === 0) return { failure: 'no metrics returned matched known pods' }
  const utilizationPercent = toInt32(divideInt64(multiplyInt64(usage, 100), requested))
  return {
    ratio: utilizationPercent / targetPercent,
    utilizationPercent,
    averageUsage: divideInt64(usage, shares.length),
  }
}

/** Mean usage over its target, both in thousandths. */
export interface MeanUsage {
  ratio: number
  averageUsage: Int64
}

/**
 * @param values at least one
 * @param target not 0
 */
export function meanUsageOf(values: readonly Int64[], target: Int64): MeanUsage {
  let sum: Int64 = 0
  for (const value of values) sum = addInt64(sum, value)
  const averageUsage = divideInt64(sum, values.length)
  return { ratio: Number(averageUsage) / Number(target), averageUsage }
}
