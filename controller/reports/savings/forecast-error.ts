import { percentileLinear } from '../../../forecaster/outcome/percentile.ts'
import { isWithin } from '../../../forecaster/workload/forecast-log.ts'
import { QUANTILES, type Recorded } from './recorded.ts'

/** How one quantile of the forecasts did, over the slots in which it and demand are both known. */
export interface QuantileError {
  /** Share of slots in which demand was to stay at or below the forecast, in [0, 1]. */
  asked: number
  /** Slots in which it did. */
  within: number
  counted: number
  /** Mean pinball loss in replicas; null when nothing was counted. */
  pinballLoss: number | null
}

export interface ForecastError {
  quantiles: QuantileError[]
  /** Mean over the quantiles that were counted, in replicas. */
  meanPinballLoss: number | null
  /** Median of |demand - the 50 % forecast|, in replicas. */
  medianAbsoluteError: number | null
}

/** Forecast against actual; a slot in which either is missing counts nowhere. */
export function forecastError(series: Recorded['series']): ForecastError {
  const quantiles = QUANTILES.map((asked) =>
    quantileError(asked, series.demand, series[`forecast ${asked}`]),
  )
  const losses = quantiles.flatMap(({ pinballLoss }) => pinballLoss ?? [])
  return {
    quantiles,
    meanPinballLoss: losses.length === 0 ? null : sum(losses) / losses.length,
    medianAbsoluteError: medianAbsoluteError(series.demand, series['forecast 0.5']),
  }
}

function quantileError(asked: number, demand: Float64Array, forecast: Float64Array): QuantileError {
  let counted = 0
  let within = 0
  let loss = 0
  for (const [slot, actual] of demand.entries()) {
    const expected = forecast[slot] ?? NaN
    if (Number.isNaN(actual) || Number.isNaN(expected)) continue
    counted++
    if (isWithin(actual, expected)) within++
    loss += Math.max(asked * (actual - expected), (asked - 1) * (actual - expected))
  }
  return { asked, within, counted, pinballLoss: counted === 0 ? null : loss / counted }
}

function medianAbsoluteError(demand: Float64Array, forecast: Float64Array): number | null {
  const errors = demand
    .map((actual, slot) => Math.abs(actual - (forecast[slot] ?? NaN)))
    .filter((error) => !Number.isNaN(error))
  return errors.length === 0 ? null : percentileLinear(errors.sort(), 0.5)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
