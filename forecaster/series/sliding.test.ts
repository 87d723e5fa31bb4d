import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maximumOfNewest, meanOfNewest, slidingMaximum, slidingMean } from './sliding.ts'

const samples = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN)), {
  maxLength: 40,
})
const window = fc.integer({ min: 1, max: 12 })

/** The known values among the `size` newest at `index`. */
function newest(values: number[], index: number, size: number): number[] {
  return values.slice(Math.max(0, index - size + 1), index + 1).filter((v) => !Number.isNaN(v))
}

describe('sliding windows', () => {
  it('mean: what plain counting gives, gaps left out', () => {
    fc.assert(
      fc.property(samples, window, (values, size) => {
        const means = slidingMean(values, size)
        values.forEach((_, i) => {
          const known = newest(values, i, size)
          const expected = known.reduce((sum, v) => sum + v, 0) / known.length
          for (const mean of [means[i], meanOfNewest(values, i, size)]) {
            if (known.length === 0) expect(mean).toBeNaN()
            else expect(mean).toBeCloseTo(expected, 4)
          }
        })
      }),
    )
  })

  it('maximum: the largest of the window, gaps left out', () => {
    fc.assert(
      fc.property(samples, window, (values, size) => {
        const maxima = slidingMaximum(values, size)
        values.forEach((_, i) => {
          const known = newest(values, i, size)
          if (known.length === 0) expect(maxima[i]).toBeNaN()
          else expect(maxima[i]).toBe(Math.max(...known))
          expect(maximumOfNewest(values, i, size)).toBe(maxima[i])
        })
      }),
    )
  })
})
