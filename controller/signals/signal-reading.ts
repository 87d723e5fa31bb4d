import type { SignalProblem } from './read-query.ts'

/** One demand signal by slot, in its own unit. */
export interface SignalReading {
  name: string
  /** NaN where nothing is known. */
  values: Float64Array
  /** What one replica carries; NaN where it is not known. */
  capacityPerReplica: number
  /** 1 in slots whose value demand may lie above: the source was incomplete, or the pods were saturated. */
  lowerBound: Float64Array
  problems: readonly SignalProblem[]
}
