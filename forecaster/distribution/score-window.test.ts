import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScoreWindow, heldScores, pushScore, readRanks } from './score-window.ts'

const score = fc.oneof(
  fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(0, 1, 1, 2),
)

function ranksOf(values: readonly number[], size: number, ranks: readonly number[]): number[] {
  const window = createScoreWindow(size)
  for (const value of values) pushScore(window, value)
  const read = new Float64Array(ranks.length).fill(NaN)
  readRanks(window, ranks, read)
  return [...read]
}

describe('a window of scores', () => {
  it('reads every rank of the newest to half a per cent, as sorting them would', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(score, { minLength: 1 }),
        (size, values) => {
          const newest = values.slice(-size).toSorted((a, b) => a - b)
          const ranks = newest.map((_, i) => i + 1)
          ranksOf(values, size, ranks).forEach((value, i) => {
            const exact = newest[i] ?? NaN
            expect(Math.abs(value - exact)).toBeLessThanOrEqual(0.0051 * Math.abs(exact) + 1e-4)
          })
        },
      ),
    )
  })

  it('takes ranks outside for its ends, and what is beyond its reach for the largest', () => {
    const [first, last] = ranksOf([-1e9, 0, 1e9], 5, [0, 9])
    expect((first ?? NaN) / -1e5).toBeCloseTo(1, 2)
    expect((last ?? NaN) / 1e5).toBeCloseTo(1, 2)
  })

  it('changes nothing while it is empty', () => {
    expect(ranksOf([], 5, [1])).toEqual([NaN])
  })

  it('holds no more than its size', () => {
    const window = createScoreWindow(3)
    for (let i = 0; i < 5; i++) pushScore(window, i)
    expect(heldScores(window)).toBe(3)
    expect(window.counts.reduce((sum, count) => sum + count, 0)).toBe(3)
  })
})
