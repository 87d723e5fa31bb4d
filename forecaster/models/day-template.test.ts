import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, newestStep } from '../series/history.ts'
import { dayTemplate } from './day-template.ts'
import type { Fitted } from './model.ts'

const DAY_SECONDS = 86_400

/** A step of a day: each sample is a whole day, and the forecast is for the next one. */
function tomorrowOf(days: readonly number[]): number {
  const history = createHistory(DAY_SECONDS, 0, 8)
  for (const value of days) appendSample(history, value)
  const fitted: Fitted | null = dayTemplate.fit(history, newestStep(history) + 1, 1)
  return fitted === null ? -1 : dayTemplate.predict(fitted, history, newestStep(history))
}

describe('dayTemplate', () => {
  it('is half the median, half the recency-weighted mean of the days before', () => {
    const recent = (90 + 0.6 * 20 + 0.36 * 10) / (1 + 0.6 + 0.36)
    expect(tomorrowOf([10, 20, 90])).toBeCloseTo((20 + recent) / 2, 4)
  })

  it('says demand again that never changed', () => {
    expect(tomorrowOf([7, 7, 7, 7])).toBe(7)
  })

  it('knows the other days where the newest sample is missing, and nothing from nothing', () => {
    expect(tomorrowOf([7, 7, NaN])).toBe(7)
    expect(tomorrowOf([])).toBeNaN()
  })
})
