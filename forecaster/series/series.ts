/**
 * A workload's total demand on a fixed time grid. Slot i covers
 * [startSeconds + i * stepSeconds, startSeconds + (i + 1) * stepSeconds); its value stands under the
 * slot's start. NaN is a gap: nothing is known there, which is not zero.
 */
export interface Series {
  /** Seconds since the epoch of the first slot's start. */
  readonly startSeconds: number
  readonly stepSeconds: number
  readonly values: Float64Array
}

/** Start of slot `index`, in seconds since the epoch. */
export function slotStartSeconds(series: Series, index: number): number {
  return series.startSeconds + index * series.stepSeconds
}
