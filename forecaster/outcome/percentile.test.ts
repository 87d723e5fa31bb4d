import fc from 'fast-check'
import { quantileSeq } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { percentileLinear } from './percentile.ts'

describe('percentileLinear', () => {
  it('agrees with mathjs', () => {
    const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 1000 }), (values, mille) => {
        const expected = quantileSeq(values, mille / 1000)
        const seen = percentileLinear(Float64Array.from(values).sort(), mille / 1000)
        expect(Math.abs(seen - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)))
      }),
    )
  })

  it.each([
    { sorted: [1, 2, 3, 4], share: 0, value: 1 },
    { sorted: [1, 2, 3, 4], share: 1, value: 4 },
    { sorted: [1, 2, 3, 4], share: 0.5, value: 2.5 },
    { sorted: [7], share: 0.99, value: 7 },
    { sorted: [], share: 0.99, value: NaN },
  ])('$share of $sorted is $value', ({ sorted, share, value }) => {
    expect(percentileLinear(Float64Array.from(sorted), share)).toBe(value)
  })
})
