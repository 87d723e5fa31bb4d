import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXCEEDANCES, exceedanceAt, LEVELS, scoreAt } from './tail.ts'

const widths = (min: number) =>
  fc.array(fc.double({ min, max: 3, noNaN: true }), { minLength: LEVELS, maxLength: LEVELS })

/** Ascending quantiles from a start and the distances between them. */
function ascending(start: number, distances: readonly number[]): Float64Array {
  let sum = start
  return Float64Array.from(distances, (distance) => {
    sum += distance
    return sum
  })
}

const start = fc.double({ min: -50, max: 50, noNaN: true })
const strict = fc.tuple(start, widths(0.01)).map(([from, distances]) => ascending(from, distances))
const tied = fc
  .tuple(start, fc.array(fc.constantFrom(0, 0, 0.3, 2), { minLength: LEVELS, maxLength: LEVELS }))
  .map(([from, distances]) => ascending(from, distances))
const score = fc.double({ min: -200, max: 400, noNaN: true })
const exceedance = fc.double({ min: -12, max: -0.001, noNaN: true }).map((log) => 10 ** log)

describe('the levels', () => {
  it('are even from 0.9 to 0.1, then geometric to 0.0005', () => {
    expect(EXCEEDANCES).toHaveLength(LEVELS)
    expect(EXCEEDANCES[0]).toBe(0.9)
    expect(EXCEEDANCES[8]).toBeCloseTo(0.5, 12)
    expect(EXCEEDANCES[16]).toBeCloseTo(0.1, 12)
    expect(EXCEEDANCES[40]).toBeCloseTo(0.0005, 12)
    const ratios = Array.from({ length: 24 }, (_, i) => ratioAt(16 + i))
    for (const ratio of ratios) expect(ratio).toBeCloseTo(ratioAt(16), 12)
  })
})

describe('exceedanceAt', () => {
  it('is a chance that never rises with the score', () => {
    fc.assert(
      fc.property(fc.oneof(strict, tied), score, score, (quantiles, one, other) => {
        const low = exceedanceAt(quantiles, Math.min(one, other))
        const high = exceedanceAt(quantiles, Math.max(one, other))
        expect(low).toBeLessThanOrEqual(1)
        expect(high).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(low)
      }),
    )
  })

  it('is the level at its quantile, and halfway between two the geometric mean', () => {
    const quantiles = ascending(0, new Array<number>(LEVELS).fill(1))
    for (let i = 0; i + 1 < LEVELS; i++) {
      const [here, next] = [EXCEEDANCES[i] ?? NaN, EXCEEDANCES[i + 1] ?? NaN]
      expect(exceedanceAt(quantiles, i + 1)).toBeCloseTo(here, 12)
      expect(exceedanceAt(quantiles, i + 1.5)).toBeCloseTo(Math.sqrt(here * next), 12)
    }
  })

  it('reaches certainty below the levels and dies away beyond them', () => {
    const quantiles = ascending(0, new Array<number>(LEVELS).fill(1))
    expect(exceedanceAt(quantiles, -9)).toBe(1)
    const beyond = [41, 45, 60, 1000].map((at) => exceedanceAt(quantiles, at))
    expect(beyond[1]).toBeLessThan(0.0005)
    expect(beyond[2]).toBeGreaterThan(0)
    expect(beyond[3]).toBeLessThan(1e-80)
  })

  it('is a step where every error was the same', () => {
    const same = new Float64Array(LEVELS).fill(2)
    expect([1.9, 2, 2.1].map((at) => exceedanceAt(same, at))).toEqual([
      1,
      expect.closeTo(0.0005, 12),
      0,
    ])
  })
})

describe('scoreAt', () => {
  it('undoes exceedanceAt', () => {
    fc.assert(
      fc.property(strict, exceedance, (quantiles, chance) => {
        const back = exceedanceAt(quantiles, scoreAt(quantiles, chance))
        expect(back / chance).toBeCloseTo(1, 6)
      }),
    )
  })

  it('never promises more than was asked, ties or not', () => {
    // Plans ask for no chance above a half. The tail of tied levels is steep: floats resolve it less.
    const asked = exceedance.filter((chance) => chance <= 0.5)
    fc.assert(
      fc.property(fc.oneof(strict, tied), asked, (quantiles, chance) => {
        const back = exceedanceAt(quantiles, scoreAt(quantiles, chance))
        expect(back).toBeLessThanOrEqual(chance * (1 + 1e-4))
      }),
    )
  })
})

function ratioAt(level: number): number {
  return (EXCEEDANCES[level + 1] ?? NaN) / (EXCEEDANCES[level] ?? NaN)
}
