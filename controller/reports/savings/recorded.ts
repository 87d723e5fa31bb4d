/** Quantiles that the controller exports of each forecast. */
export const QUANTILES = [0.5, 0.9, 0.95, 0.99] as const
export type Quantile = (typeof QUANTILES)[number]

export const SERIES_NAMES = [
  'demand',
  'least ready',
  'mean ready',
  'hpa alone',
  'lead',
  'forecast 0.5',
  'forecast 0.9',
  'forecast 0.95',
  'forecast 0.99',
  'fallback',
  'observing',
  'capacity',
] as const
export type SeriesName = (typeof SERIES_NAMES)[number]

/** What Foresail's own metrics say of one scaler, slot by slot. */
export interface Recorded {
  namespace: string
  name: string
  /** Seconds since the epoch of the first slot's start. */
  startSeconds: number
  stepSeconds: number
  slots: number
  /** One value a slot; NaN where nothing is known. */
  series: Record<SeriesName, Float64Array>
  /** The source's own warnings: something of this is partial. */
  warnings: string[]
}

/** Nothing known of anything yet. */
export function emptySeries(slots: number): Recorded['series'] {
  const nothing = () => new Float64Array(slots).fill(NaN)
  return {
    demand: nothing(),
    'least ready': nothing(),
    'mean ready': nothing(),
    'hpa alone': nothing(),
    lead: nothing(),
    'forecast 0.5': nothing(),
    'forecast 0.9': nothing(),
    'forecast 0.95': nothing(),
    'forecast 0.99': nothing(),
    fallback: nothing(),
    observing: nothing(),
    capacity: nothing(),
  }
}
