import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceOfBudget } from './risk.ts'

describe('priceOfBudget', () => {
  it.each([
    { percent: 1, peak: 20, price: 190 },
    { percent: 0.5, peak: 20, price: 407.27 },
    { percent: 2, peak: 20, price: 88.64 },
    { percent: 5, peak: 20, price: 32.35 },
    { percent: 0.1, peak: 20, price: 2391.96 },
    { percent: 1, peak: 60, price: 570 },
    { percent: 1, peak: 5, price: 47.5 },
  ])('$percent % at a peak of $peak replicas costs $price', ({ percent, peak, price }) => {
    expect(priceOfBudget(percent / 100, peak)).toBeCloseTo(price, 2)
  })

  it('is finite for a budget of nothing', () => {
    expect(priceOfBudget(0, 20)).toBe(priceOfBudget(1e-5, 20))
    expect(priceOfBudget(0, 20)).toBeLessThan(1e6)
  })

  it('rises when the budget shrinks, in proportion to the peak', () => {
    const share = fc.double({ min: 1e-4, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 500 }), (of, peak) => {
        expect(priceOfBudget(of / 2, peak)).toBeGreaterThan(priceOfBudget(of, peak))
        expect(priceOfBudget(of, 2 * peak) / priceOfBudget(of, peak)).toBeCloseTo(2, 9)
      }),
    )
  })
})
