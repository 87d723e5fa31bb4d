import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../series/seeded-random.ts'
import { exceedTarget, type Forest, fitForest, forestShares, targetAt } from './forest.ts'

/**
 * Errors that are small in quiet rows and large in loud ones: feature 0 says which, feature 1 is noise,
 * feature 2 is missing half the time.
 */
function training(rows: number, seed: number) {
  const random = seededRandom(seed)
  const features = new Float32Array(3 * rows)
  const targets = new Float64Array(rows)
  for (let r = 0; r < rows; r++) {
    const loud = random() < 0.3 ? 1 : 0
    features[r] = loud
    features[rows + r] = random()
    features[2 * rows + r] = random() < 0.5 ? NaN : random()
    targets[r] = (loud === 1 ? 10 : 1) * (random() - 0.5)
  }
  return { features, targets, rows, usable: Int32Array.from(targets.keys()) }
}

const forest: Forest = fitForest(training(4000, 1), 7)
const quiet = forestShares(forest, Float32Array.of(0, 0.5, 0.5))
const loud = forestShares(forest, Float32Array.of(1, 0.5, NaN))

describe('a forest of distributions', () => {
  it('tells rows with large errors from rows with small ones', () => {
    expect(targetAt(forest, quiet, 0.05)).toBeCloseTo(0.45, 1)
    expect(targetAt(forest, loud, 0.05)).toBeGreaterThan(3.8)
    expect(targetAt(forest, loud, 0.05)).toBeLessThan(5)
    expect(exceedTarget(forest, quiet, 1)).toBeLessThan(0.01)
    expect(exceedTarget(forest, loud, 1)).toBeCloseTo(0.4, 1)
  })

  it.each([
    ['quiet', quiet],
    ['loud', loud],
  ])('gives a chance that falls from 1 to 0, %s', (_, above) => {
    let before = 1
    for (let value = -8; value <= 8; value += 0.05) {
      const chance = exceedTarget(forest, above, value)
      expect(chance).toBeLessThanOrEqual(before + 1e-12)
      expect(chance).toBeGreaterThanOrEqual(0)
      before = chance
    }
    expect(exceedTarget(forest, above, -8)).toBe(1)
    // Nothing larger than the largest error was ever seen.
    expect(exceedTarget(forest, above, 5)).toBe(0)
  })

  it('inverts itself', () => {
    for (const chance of [0.9, 0.5, 0.2, 0.05, 0.01]) {
      expect(exceedTarget(forest, loud, targetAt(forest, loud, chance))).toBeCloseTo(chance, 6)
    }
  })

  it('is the same for the same rows and seed, and crosses to a worker', () => {
    expect(fitForest(training(4000, 1), 7)).toEqual(forest)
    expect(forestShares(structuredClone(forest), Float32Array.of(1, 0.5, NaN))).toEqual(loud)
  })

  it('does not look at rows that are not usable', () => {
    const rows = training(500, 2)
    const usable = rows.usable.filter((r) => r % 2 === 0)
    const spoilt = { ...rows, targets: rows.targets.map((t, r) => (r % 2 === 0 ? t : NaN)), usable }
    expect(fitForest(spoilt, 1)).toEqual(fitForest({ ...rows, usable }, 1))
  })

  it('learns from rows that all look and end alike', () => {
    const rows = 100
    const flat = fitForest(
      {
        features: new Float32Array(3 * rows),
        targets: new Float64Array(rows),
        rows,
        usable: Int32Array.from({ length: rows }, (_, r) => r),
      },
      1,
    )
    const above = forestShares(flat, new Float32Array(3))
    expect(exceedTarget(flat, above, 0)).toBe(0)
    expect(exceedTarget(flat, above, -0.001)).toBe(1)
  })
})
