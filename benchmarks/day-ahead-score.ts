import { demandOnDay, fitDayAhead } from '../forecaster/day-ahead/day-ahead.ts'
import { appendSample, createHistory, type History } from '../forecaster/series/history.ts'
import type { Series } from '../forecaster/series/series.ts'
import { isWithin } from '../forecaster/workload/forecast-log.ts'

import { pinballLoss } from './pinball.ts'
import type { Trace } from './trace.ts'

/** The quantiles that are judged. */
export const PROBABILITIES = [0.95, 0.99] as const
const DAY_SECONDS = 86_400
const HISTORY_DAYS = 7
/** Origins lie this far on in the day, by turns. */
const HOURS_OF_DAY = [0, 6, 12, 18]

/** One trace over all its origins; lists by probability. */
export interface DayAheadScore {
  trace: string
  origins: number
  /** Slots that were scored, and those of them for which there was no forecast. */
  slots: number
  withoutForecast: number
  /** Pinball loss over that of same time yesterday; NaN where yesterday loses nothing. */
  lossRatio: number[]
  /** Share of slots with demand within the quantile. */
  coverage: number[]
  /** Mean time of a fit and a day of quantiles. */
  milliseconds: number
}

/** A forecast of every slot of a day: quantiles in the unit of the trace, a row a probability. */
type DayForecast = Float64Array[]

/** Forecasts from seven days before each origin, and nothing later, against the day after it. */
export function scoreDayAhead({ name, series }: Trace, origins: readonly number[]): DayAheadScore {
  const day = stepsPerDay(series)
  const loss = PROBABILITIES.map(() => 0)
  const lossOfYesterday = PROBABILITIES.map(() => 0)
  const within = PROBABILITIES.map(() => 0)
  let slots = 0
  let withoutForecast = 0
  let milliseconds = 0
  for (const origin of origins) {
    const known = series.values.slice(origin - HISTORY_DAYS * day, origin)
    const history = historyOf(known, series, origin)
    const start = performance.now()
    const forecast = forecastDay(history)
    milliseconds += (performance.now() - start) / origins.length
    const yesterday = sameTimeYesterday(known, day)
    for (let slot = 0; slot < day; slot++) {
      const actual = series.values[origin + slot] ?? NaN
      // Where yesterday is a gap there is nothing to compare with.
      if (Number.isNaN(actual) || Number.isNaN(yesterday[0]?.[slot])) continue
      if (Number.isNaN(forecast[0]?.[slot])) {
        withoutForecast++
        continue
      }
      slots++
      PROBABILITIES.forEach((probability, p) => {
        const quantile = forecast[p]?.[slot] ?? NaN
        const naive = yesterday[p]?.[slot] ?? NaN
        loss[p] = (loss[p] ?? 0) + pinballLoss(probability, quantile, actual)
        lossOfYesterday[p] = (lossOfYesterday[p] ?? 0) + pinballLoss(probability, naive, actual)
        if (isWithin(actual, quantile)) within[p] = (within[p] ?? 0) + 1
      })
    }
  }
  return {
    trace: name,
    origins: origins.length,
    slots,
    withoutForecast,
    lossRatio: loss.map((sum, p) => {
      const naive = lossOfYesterday[p] ?? 0
      return naive === 0 ? NaN : sum / naive
    }),
    coverage: within.map((count) => count / slots),
    milliseconds,
  }
}

/**
 * Slots that a day is forecast from, spread over all that follow the first week, at different times of
 * day. A day of which more than half is missing is no day to judge.
 */
export function originsOf(series: Series, count: number): number[] {
  const day = stepsPerDay(series)
  const first = HISTORY_DAYS * day
  const last = series.values.length - day
  const chosen = Array.from({ length: count }, (_, i) => {
    const hour = HOURS_OF_DAY[i % HOURS_OF_DAY.length] ?? 0
    const ideal = first + ((last - first) * i) / Math.max(1, count - 1)
    const candidates: number[] = []
    for (let at = first + Math.round((hour * day) / 24); at <= last; at += day) {
      const known = series.values.slice(at, at + day).filter((value) => !Number.isNaN(value))
      if (known.length > day / 2) candidates.push(at)
    }
    return candidates.toSorted((a, b) => Math.abs(a - ideal) - Math.abs(b - ideal))[0]
  })
  return [...new Set(chosen.filter((at) => at !== undefined))]
}

/**
 * Yesterday's value, and on top the quantile of what yesterday was wrong by over the known days: the
 * naive forecast that others are measured by. Slots whose yesterday is a gap are NaN.
 */
export function sameTimeYesterday(known: Float64Array, day: number): DayForecast {
  const errors = known
    .map((value, i) => value - (known[i - day] ?? NaN))
    .filter((error) => !Number.isNaN(error))
    .sort()
  const yesterday = known.subarray(known.length - day)
  return PROBABILITIES.map((probability) => {
    const margin = errors[Math.max(0, Math.ceil(probability * errors.length) - 1)] ?? NaN
    return Float64Array.from(yesterday, (value) => Math.max(0, value + margin))
  })
}

function forecastDay(history: History): DayForecast {
  const { stepsPerDay: day } = history
  const origin = history.firstStep + history.length
  const dayAhead = fitDayAhead(history, origin, 1)
  const demands = Array.from({ length: day }, (_, slot) =>
    dayAhead === null ? null : demandOnDay(dayAhead, origin + slot),
  )
  return PROBABILITIES.map((probability) =>
    Float64Array.from(demands, (demand) => demand?.quantile(probability) ?? NaN),
  )
}

function historyOf(known: Float64Array, { startSeconds, stepSeconds }: Series, origin: number) {
  const firstStep = Math.round(startSeconds / stepSeconds) + origin - known.length
  const history = createHistory(stepSeconds, firstStep, HISTORY_DAYS)
  for (const value of known) appendSample(history, value)
  return history
}

function stepsPerDay({ stepSeconds }: Series): number {
  return Math.round(DAY_SECONDS / stepSeconds)
}
