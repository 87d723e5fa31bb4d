import { type History, meanBack, recentAt, valueAt } from '../series/history.ts'

/** One constant and twelve lag and template features (research/forecasting §8: what a linear model can use). */
export const FEATURES = 13

const MINUTES = { short: 3, quarter: 10, half: 30, long: 120 }

/**
 * Writes the features of a forecast made with samples up to `nowStep` for slot `nowStep + leadSteps`.
 * A view that is missing is replaced by the next best one.
 *
 * @returns false, with nothing promised about `row`, when the newest sample is missing
 */
export function writeFeatures(
  history: History,
  nowStep: number,
  leadSteps: number,
  row: Float64Array,
  offset: number,
): boolean {
  const now = valueAt(history, nowStep)
  if (Number.isNaN(now)) return false
  const steps = (minutes: number) => Math.max(1, Math.round((minutes * 60) / history.stepSeconds))
  const target = nowStep + leadSteps
  const long = meanBack(history, nowStep, steps(MINUTES.long))
  const templateNow = known(dailyView(history, history.template, nowStep), long)
  const templateThen = known(dailyView(history, history.template, target), templateNow)
  const yesterday = target - history.stepsPerDay
  const around = meanBack(history, yesterday + steps(2), 2 * steps(2) + 1)

  row[offset] = 1
  row[offset + 1] = now
  row[offset + 2] = meanBack(history, nowStep, steps(MINUTES.short))
  row[offset + 3] = meanBack(history, nowStep, steps(MINUTES.quarter))
  row[offset + 4] = meanBack(history, nowStep, steps(MINUTES.half))
  row[offset + 5] = long
  row[offset + 6] = templateNow
  row[offset + 7] = templateThen
  row[offset + 8] = known(recentAt(history, nowStep), templateNow)
  row[offset + 9] = known(recentAt(history, target), templateThen)
  row[offset + 10] = known(valueAt(history, yesterday), templateThen)
  row[offset + 11] = known(around, templateThen)
  row[offset + 12] = templateMean(history, target, steps(MINUTES.half), templateThen)
  return true
}

/**
 * The forecast to lean towards where the data do not say otherwise: the template's value for the slot,
 * shifted by how far the last minutes lie from the template. A linear model shrunk towards zero spreads
 * its weight over features that agree all night, and then misses a short ramp that comes every day.
 */
export function templateWithLevel(row: Float64Array, offset: number): number {
  const [level, templateNow, templateThen] = [row[offset + 2], row[offset + 6], row[offset + 7]]
  return (templateThen ?? 0) + (level ?? 0) - (templateNow ?? 0)
}

function dailyView(history: History, view: Float32Array, step: number): number {
  return view[step - history.firstStep] ?? NaN
}

/** Mean of the template over the half hour that ends at `step`: where the day is heading. */
function templateMean(history: History, step: number, slots: number, fallback: number): number {
  let sum = 0
  let count = 0
  for (let s = step - slots + 1; s <= step; s++) {
    const value = dailyView(history, history.template, s)
    if (value === value) {
      sum += value
      count++
    }
  }
  return count === 0 ? fallback : sum / count
}

function known(value: number, fallback: number): number {
  return value === value ? value : fallback
}
