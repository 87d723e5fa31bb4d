import { amount, figure, percent } from '../numbers.ts'
import type { ForecastError } from './forecast-error.ts'

export const FORECAST_HEADS = ['quantile', 'asked', 'achieved', 'slots', 'pinball loss'] as const

/** One row a quantile: how often demand stayed at or below it, beside how often it should. */
export function forecastRows({ quantiles }: ForecastError): string[][] {
  return quantiles.map(({ asked, within, counted, pinballLoss }) => [
    String(asked),
    percent(100 * asked),
    counted === 0 ? '–' : percent((100 * within) / counted),
    amount(counted),
    pinballLoss === null ? '–' : figure(pinballLoss),
  ])
}

/** How far the forecasts were off, in one sentence. */
export function forecastSentence(error: ForecastError): string {
  const { meanPinballLoss, medianAbsoluteError } = error
  if (meanPinballLoss === null) return 'No slot has both a forecast and an actual.'
  const median =
    medianAbsoluteError === null
      ? ''
      : `In half of the slots the 50 % forecast was off by at most ${figure(medianAbsoluteError)} replicas. `
  return `${median}Mean pinball loss over the quantiles: ${figure(meanPinballLoss)} replicas.`
}
