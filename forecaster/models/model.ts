import type { History } from '../series/history.ts'

/**
 * A forecaster of the centre of demand at one lead. It knows no error bars: those come from how its
 * forecasts fared (distribution/).
 */
export interface Model {
  readonly id: string
  /**
   * Learns from the slots before `untilStep`. Deterministic; reads no clock.
   *
   * @param leadSteps how many slots after the newest sample the forecast slot lies, at least 1
   * @returns plain data that crosses to and from a worker; null when the history is too short
   */
  fit(history: History, untilStep: number, leadSteps: number): Fitted | null
  /**
   * Demand expected in slot `nowStep + leadSteps`, in the history's unit, from samples up to `nowStep`.
   * NaN when the samples it needs are missing.
   */
  predict(fitted: Fitted, history: History, nowStep: number): number
}

/** What a model learned. Serialisable; only its own model reads `weights`. */
export interface Fitted {
  readonly modelId: string
  readonly leadSteps: number
  readonly untilStep: number
  readonly weights: Float64Array
}
