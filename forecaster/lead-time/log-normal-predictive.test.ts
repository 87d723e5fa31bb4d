import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { predictiveQuantile } from './log-normal-predictive.ts'

const many = (count: number, seconds: number) => new Array<number>(count).fill(seconds)

describe('predictiveQuantile', () => {
  it('has the prior median as its median before any pod is seen', () => {
    expect(predictiveQuantile([], 45, 0.5)).toBeCloseTo(45, 9)
    // t(0.9, 4) = 1.5332; scale 0.6 * sqrt(2).
    expect(predictiveQuantile([], 45, 0.9)).toBeCloseTo(45 * Math.exp(1.5332 * 0.6 * Math.SQRT2), 1)
  })

  it('is the textbook posterior for two pods', () => {
    // m = (ln 60 + ln 20 + ln 80) / 3, degrees 6, t(0.9, 6) = 1.4398.
    const [prior, first, second] = [Math.log(60), Math.log(20), Math.log(80)] as const
    const mean = (first + second) / 2
    const squares = (first - mean) ** 2 + (second - mean) ** 2
    const variance = (4 * 0.36 + squares + (2 / 3) * (mean - prior) ** 2) / 6
    const expected = (prior + first + second) / 3 + 1.4398 * Math.sqrt(variance * (4 / 3))
    expect(predictiveQuantile([20, 80], 60, 0.9)).toBeCloseTo(Math.exp(expected), 1)
  })

  it('comes to what pods take, and closer to it the more are seen', () => {
    const after = [1, 10, 100].map((count) => predictiveQuantile(many(count, 20), 60, 0.9))
    expect(after).toEqual(after.toSorted((a, b) => b - a))
    expect(after.at(-1)).toBeLessThan(25)
    expect(after.at(-1)).toBeGreaterThan(20)
  })

  it('takes a start-up of no time for one below a second', () => {
    expect(predictiveQuantile([0], 60, 0.9)).toBe(predictiveQuantile([1], 60, 0.9))
  })

  it('rises with the probability, and knows no unit of time', () => {
    const startUps = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 30 })
    const probability = fc.integer({ min: 50, max: 98 })
    fc.assert(
      fc.property(startUps, probability, fc.integer({ min: 1, max: 900 }), (seen, p, prior) => {
        const here = predictiveQuantile(seen, prior, p / 100)
        expect(predictiveQuantile(seen, prior, (p + 1) / 100)).toBeGreaterThan(here)
        const slower = seen.map((seconds) => 2 * seconds)
        expect(predictiveQuantile(slower, 2 * prior, p / 100)).toBeCloseTo(2 * here, 5)
      }),
    )
  })
})
