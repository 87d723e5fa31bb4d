import { type History, valueAt } from '../series/history.ts'
import { DAYS } from './usual-day.ts'

const LEVEL_SECONDS = 1800

/**
 * How far demand lies above the same slots of the days before, on average over the half hour before
 * `untilStep`. NaN where nothing is known to compare.
 */
export function presentLevelError(history: History, untilStep: number): number {
  const { stepsPerDay, stepSeconds } = history
  const slots = Math.max(1, Math.round(LEVEL_SECONDS / stepSeconds))
  const errors: number[] = []
  for (let step = untilStep - slots; step < untilStep; step++) {
    const before = Array.from({ length: DAYS - 1 }, (_, i) =>
      valueAt(history, step - (i + 1) * stepsPerDay),
    )
    errors.push(valueAt(history, step) - meanOfKnown(before))
  }
  return meanOfKnown(errors)
}

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}
