import { describe, expect, it } from 'vitest'
import { createErrorScale, observeError, scaleOf } from './error-scale.ts'

const QUARTER_HOUR = 900
const SLOTS_PER_DAY = 96
const START = 96_000

function scaleAfter(errors: Iterable<number>, stepSeconds = QUARTER_HOUR) {
  const scale = createErrorScale(stepSeconds, 86_400 / stepSeconds)
  let step = START
  for (const error of errors) {
    if (!Number.isNaN(error)) observeError(scale, step, error)
    step++
  }
  return { scale, next: step }
}

describe('scaleOf', () => {
  it('knows nothing while no error was seen', () => {
    const { scale, next } = scaleAfter([])
    expect(scaleOf(scale, next, 3)).toBeNaN()
  })

  it('is the mean of the last hour while this time of day was never seen', () => {
    const { scale, next } = scaleAfter([100, 1, 2, 3, 4])
    expect(scaleOf(scale, next + 50, 0)).toBe(2.5)
  })

  it('adds its floor', () => {
    const { scale, next } = scaleAfter([0, 0, 0, 0])
    expect(scaleOf(scale, next + 50, 0.5)).toBe(0.5)
  })

  it('is half the last hour, half this time of day within 15 minutes on every day', () => {
    // Errors of 8 from 06:00 to 06:45, of 2 at any other time, for a week.
    const isBusy = (slot: number) => slot % SLOTS_PER_DAY >= 24 && slot % SLOTS_PER_DAY < 27
    const week = Array.from({ length: 7 * SLOTS_PER_DAY }, (_, slot) => (isBusy(slot) ? 8 : 2))
    const { scale, next } = scaleAfter(week)
    expect(scaleOf(scale, next + 25, 0)).toBe((2 + 8) / 2)
    expect(scaleOf(scale, next + 24, 0)).toBe((2 + (2 + 8 + 8) / 3) / 2)
    expect(scaleOf(scale, next + 22, 0)).toBe(2)
  })

  it('counts its hour in observed slots: a gap changes nothing', () => {
    const hour = [1, 2, 3, 4]
    const seen = scaleAfter(hour)
    const gap = scaleAfter([...hour, ...new Array<number>(40).fill(NaN)])
    expect(scaleOf(gap.scale, gap.next + 10, 0)).toBe(scaleOf(seen.scale, seen.next + 50, 0))
    expect(gap.scale).toEqual(seen.scale)
  })

  it('has an hour of one slot where the step is longer than an hour', () => {
    const { scale, next } = scaleAfter([5, 9], 7200)
    expect(scaleOf(scale, next + 5, 0)).toBe(9)
  })

  it('forgets what is older than seven days', () => {
    const errors = [
      ...new Array<number>(SLOTS_PER_DAY).fill(1000),
      ...new Array<number>(7 * SLOTS_PER_DAY).fill(2),
    ]
    const { scale, next } = scaleAfter(errors)
    expect(scaleOf(scale, next, 0)).toBe(2)
  })
})
