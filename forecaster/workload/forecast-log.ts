import type { Distribution } from '../distribution/distribution.ts'

/** Quantiles that are remembered, exported and judged. */
export const LOGGED_QUANTILES = [0.5, 0.9, 0.95, 0.99] as const

/**
 * What was forecast for slots that have not closed yet, and how often demand stayed within it. In
 * replicas. A slot without a forecast or without a sample counts nowhere.
 */
export interface ForecastLog {
  forStep: Float64Array
  /** One row a slot, LOGGED_QUANTILES a row. */
  quantiles: Float64Array
  /** By quantile: slots in which demand stayed at or below it, and slots judged. */
  within: Float64Array
  judged: number
}

export function createForecastLog(leadSteps: number): ForecastLog {
  const slots = leadSteps + 2
  return {
    forStep: new Float64Array(slots).fill(NaN),
    quantiles: new Float64Array(slots * LOGGED_QUANTILES.length).fill(NaN),
    within: new Float64Array(LOGGED_QUANTILES.length),
    judged: 0,
  }
}

export function logForecast(log: ForecastLog, targetStep: number, demand: Distribution): void {
  const slot = targetStep % log.forStep.length
  log.forStep[slot] = targetStep
  LOGGED_QUANTILES.forEach((probability, i) => {
    log.quantiles[slot * LOGGED_QUANTILES.length + i] = demand.quantile(probability)
  })
}

/** What had been forecast for slot `step`, one value a logged quantile; null when nothing was. */
export function forecastFor(log: ForecastLog, step: number): Float64Array | null {
  const slot = step % log.forStep.length
  if (log.forStep[slot] !== step) return null
  const from = slot * LOGGED_QUANTILES.length
  return log.quantiles.slice(from, from + LOGGED_QUANTILES.length)
}

/** Slot `step` closed with demand `actual`, in replicas; NaN when unknown. */
export function judgeForecast(log: ForecastLog, step: number, actual: number): void {
  const forecast = forecastFor(log, step)
  if (forecast === null || Number.isNaN(actual)) return
  log.judged++
  forecast.forEach((quantile, i) => {
    if (isWithin(actual, quantile)) log.within[i] = (log.within[i] ?? 0) + 1
  })
}

/** Whether demand stayed at or below a forecast; float noise is no excess. In one unit, whichever. */
export function isWithin(actual: number, forecast: number): boolean {
  return actual <= forecast * (1 + 1e-9)
}

/** Share of judged slots within the quantile; null before the first. */
export function achievedCoverage(log: ForecastLog, quantileIndex: number): number | null {
  return log.judged === 0 ? null : (log.within[quantileIndex] ?? 0) / log.judged
}
