import fc from 'fast-check'
import { erf } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { logNormalQuantile, logNormalThrough } from './log-normal.ts'

const probability = fc.double({ min: 0.5, max: 0.9999, noNaN: true })

describe('a log-normal', () => {
  it.each([
    { probability: 0.5, z: 0 },
    { probability: 0.9, z: 1.2815515655 },
    { probability: 0.99, z: 2.326347874 },
    { probability: 0.9999, z: 3.7190164855 },
  ])('has the normal quantile that tables print for $probability', ({ probability: p, z }) => {
    expect(Math.log(logNormalQuantile({ medianSeconds: 1, logSd: 1 }, p))).toBeCloseTo(z, 9)
  })

  it('holds that share of pods at or below its quantile', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.05, max: 3, noNaN: true }), (p, logSd) => {
        const seconds = logNormalQuantile({ medianSeconds: 90, logSd }, p)
        const z = Math.log(seconds / 90) / logSd
        expect((1 + erf(z / Math.SQRT2)) / 2).toBeCloseTo(p, 9)
      }),
    )
  })

  it('goes through the points it was drawn through', () => {
    expect(logNormalThrough(120, 0.9, 240).logSd).toBeCloseTo(Math.log(2) / 1.2815515655, 9)
    fc.assert(
      fc.property(fc.integer({ min: 51, max: 99 }), fc.integer({ min: 90, max: 900 }), (p, s) => {
        const startUp = logNormalThrough(90, p / 100, s)
        expect(logNormalQuantile(startUp, p / 100)).toBeCloseTo(s, 6)
        expect(logNormalQuantile(startUp, 0.5)).toBeCloseTo(90, 9)
      }),
    )
  })

  it('is the same for every pod where both points are', () => {
    expect(logNormalQuantile(logNormalThrough(90, 0.9, 90), 0.99)).toBe(90)
  })
})
