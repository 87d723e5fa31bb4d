import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { studentTQuantile } from './student-t.ts'

describe('studentTQuantile', () => {
  // The rows of the usual printed table, three decimals.
  it.each([
    { degrees: 1, t90: 3.078, t95: 6.314, t99: 31.821 },
    { degrees: 2, t90: 1.886, t95: 2.92, t99: 6.965 },
    { degrees: 5, t90: 1.476, t95: 2.015, t99: 3.365 },
    { degrees: 8, t90: 1.397, t95: 1.86, t99: 2.896 },
    { degrees: 13, t90: 1.35, t95: 1.771, t99: 2.65 },
    { degrees: 30, t90: 1.31, t95: 1.697, t99: 2.457 },
    { degrees: 100, t90: 1.29, t95: 1.66, t99: 2.364 },
  ])('is what tables print for $degrees degrees of freedom', ({ degrees, t90, t95, t99 }) => {
    expect(studentTQuantile(0.9, degrees)).toBeCloseTo(t90, 3)
    expect(studentTQuantile(0.95, degrees)).toBeCloseTo(t95, 3)
    expect(studentTQuantile(0.99, degrees)).toBeCloseTo(t99, 3)
  })

  it('has closed forms for one and two degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (p) => {
        expect(studentTQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 9)
        const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p))
        expect(studentTQuantile(p, 2)).toBeCloseTo(two, 9)
      }),
    )
  })

  it('rises with the probability, and lies about zero', () => {
    const probability = fc.double({ min: 0.01, max: 0.98, noNaN: true })
    fc.assert(
      fc.property(probability, fc.integer({ min: 1, max: 120 }), (p, degrees) => {
        expect(studentTQuantile(p + 0.01, degrees)).toBeGreaterThan(studentTQuantile(p, degrees))
        expect(studentTQuantile(p, degrees) + studentTQuantile(1 - p, degrees)).toBeCloseTo(0, 9)
      }),
    )
  })
})
