import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceOfBudget } from '../plans/risk.ts'
import { priceLadder } from './ladder.ts'

describe('the ladder of prices', () => {
  it('rises by the same factor from rung to rung', () => {
    const ladder = priceLadder(20)
    const factors = Array.from(ladder.subarray(1), (price, i) => price / (ladder[i] ?? NaN))
    expect(factors).toHaveLength(10)
    for (const factor of factors) expect(factor).toBeCloseTo(2.56, 9)
  })

  it('holds the price of every budget from 5 to 0.1 % between its ends, at any peak', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 500 }).map((steps) => steps / 1e4),
        fc.integer({ min: 1, max: 5000 }),
        (violationShare, peakReplicas) => {
          const ladder = priceLadder(peakReplicas)
          const price = priceOfBudget(violationShare, peakReplicas)
          expect(price).toBeGreaterThan(ladder[1] ?? NaN)
          expect(price).toBeLessThan(ladder.at(-2) ?? NaN)
        },
      ),
    )
  })
})
