import { describe, expect, it } from 'vitest'
import { appendSample, createHistory } from '../series/history.ts'
import { presentLevelError } from './present-level.ts'

const DAY = 96

/** Quarter hours: the days before, then the newest two slots of the day after them. */
function levelError(days: readonly number[], newest: readonly number[]): number {
  const history = createHistory(900, 0, 9)
  for (const level of days) for (let i = 0; i < DAY; i++) appendSample(history, level)
  for (const value of newest) appendSample(history, value)
  return presentLevelError(history, days.length * DAY + newest.length)
}

describe('presentLevelError', () => {
  it.each([
    { name: 'above the days before', days: [10, 20], newest: [50, 60], error: 40 },
    { name: 'below them', days: [10, 20], newest: [5, 5], error: -10 },
    { name: 'of the newest half hour only', days: [10], newest: [99, 99, 99, 10, 10], error: 0 },
    { name: 'beside six days, no more', days: [700, 1, 2, 3, 4, 5, 6], newest: [4, 5], error: 1 },
    { name: 'where a slot is missing, of the other', days: [10], newest: [NaN, 13], error: 3 },
    { name: 'where a day is missing, of the others', days: [NaN, 10], newest: [13, 13], error: 3 },
    { name: 'unknown without samples', days: [10], newest: [NaN, NaN], error: NaN },
    { name: 'unknown without days before', days: [], newest: [7, 7], error: NaN },
  ])('$name: $error', ({ days, newest, error }) => {
    expect(levelError(days, newest)).toBe(error)
  })
})
