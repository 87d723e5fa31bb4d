import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { pinballLoss } from './pinball.ts'

describe('pinballLoss', () => {
  it.each([
    { name: 'an excess', probability: 0.95, forecast: 10, actual: 14, loss: 3.8 },
    { name: 'a reserve', probability: 0.95, forecast: 14, actual: 10, loss: 0.2 },
    { name: 'the median', probability: 0.5, forecast: 10, actual: 14, loss: 2 },
    { name: 'a forecast that is met', probability: 0.99, forecast: 7, actual: 7, loss: 0 },
  ])('$name costs $loss', ({ probability, forecast, actual, loss }) => {
    expect(pinballLoss(probability, forecast, actual)).toBeCloseTo(loss, 12)
  })

  it('is least, over a sample, at the quantile of that sample', () => {
    const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 })
    const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true })
    fc.assert(
      fc.property(
        sample,
        probability,
        fc.integer({ min: -1000, max: 1000 }),
        (of, asked, other) => {
          const sorted = of.toSorted((a, b) => a - b)
          const quantile = sorted[Math.max(0, Math.ceil(asked * sorted.length) - 1)] ?? NaN
          const loss = (forecast: number) =>
            of.reduce((sum, actual) => sum + pinballLoss(asked, forecast, actual), 0)
          expect(loss(quantile)).toBeLessThanOrEqual(loss(other) + 1e-6)
        },
      ),
    )
  })
})
