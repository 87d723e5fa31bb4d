import { percentileLinear } from '../outcome/percentile.ts'

/** The rule of thumb was read off at a peak of 20 replicas; the price grows with the peak. */
const REFERENCE_PEAK = 20

/**
 * Replicas that the busy hours need, the scale of a price: the 99th percentile of demand, or the largest
 * where a workload is idle but for moments.
 *
 * @param sorted demand in replicas, ascending, without NaN
 */
export function busyPeak(sorted: Float64Array): number {
  const busy = percentileLinear(sorted, 0.99)
  const peak = busy > 0 ? busy : (sorted.at(-1) ?? 0)
  return Math.max(1, peak)
}

/**
 * The price that keeps about the asked share of violated time: 190 · B^-1.1 for B per cent at a peak
 * of 20 (decision.md §1). A start, no promise: other workloads land between 0.66 and 1.08 % for B = 1.
 */
export function priceOfBudget(violationShare: number, peakReplicas: number): number {
  const percent = Math.max(1e-3, violationShare * 100)
  return ((190 * peakReplicas) / REFERENCE_PEAK) * percent ** -1.1
}
