import { describe, expect, it } from 'vitest'
import { seededRandom } from '../series/seeded-random.ts'
import { seededNormal } from '../series/synthetic-demand.ts'
import { FEATURES } from './features.ts'
import { huberRidge } from './huber-ridge.ts'

const ROWS = 400

/** Independent features around 5, and targets of the law Σ (a + 1) · feature a. */
function lawful(seed: number): { rows: Float64Array; targets: Float64Array } {
  const normal = seededNormal(seed)
  const rows = Float64Array.from({ length: ROWS * FEATURES }, (_, i) =>
    i % FEATURES === 0 ? 1 : 5 + normal(),
  )
  const targets = Float64Array.from({ length: ROWS }, (_, row) => {
    let sum = 0
    for (let a = 0; a < FEATURES; a++) sum += (a + 1) * (rows[row * FEATURES + a] ?? 0)
    return sum
  })
  return { rows, targets }
}

/** Largest relative error of the weights of the varying features. */
function weightError(weights: Float64Array | null): number {
  let worst = 0
  for (let a = 1; a < FEATURES; a++) {
    worst = Math.max(worst, Math.abs((weights?.[a] ?? Infinity) / (a + 1) - 1))
  }
  return worst
}

describe('huberRidge', () => {
  it('recovers a linear law up to its ridge of one in a thousand', () => {
    const { rows, targets } = lawful(1)
    expect(weightError(huberRidge(rows, targets))).toBeLessThan(0.01)
  })

  it('recovers it under noise', () => {
    const { rows, targets } = lawful(2)
    const normal = seededNormal(3)
    const noisy = targets.map((target) => target + normal())
    expect(weightError(huberRidge(rows, noisy))).toBeLessThan(0.15)
  })

  it('hardly moves for bursts in one row of twenty', () => {
    const { rows, targets } = lawful(4)
    const normal = seededNormal(5)
    const uniform = seededRandom(6)
    const noisy = targets.map((target) => target + normal())
    const burst = noisy.map((target) => target + (uniform() < 0.05 ? 1000 : 0))
    expect(weightError(huberRidge(rows, burst))).toBeLessThan(
      2 * weightError(huberRidge(rows, noisy)),
    )
  })

  it('gives a feature without spread no say of its own', () => {
    const { rows, targets } = lawful(7)
    for (let row = 0; row < ROWS; row++) rows[row * FEATURES + 4] = 0
    expect(huberRidge(rows, targets)?.[4]).toBe(0)
  })

  it.each([0, 1e-6, 1, 7.7, 1e9])('solves rows that all say %d', (level) => {
    const rows = new Float64Array(ROWS * FEATURES).fill(level)
    for (let row = 0; row < ROWS; row++) rows[row * FEATURES] = 1
    const weights = huberRidge(rows, new Float64Array(ROWS).fill(level))
    const features = (weights ?? new Float64Array(FEATURES).fill(NaN)).slice(1)
    const said = (weights?.[0] ?? NaN) + level * features.reduce((sum, weight) => sum + weight, 0)
    expect(Math.abs(said - level)).toBeLessThanOrEqual(1e-6 * level)
  })

  it('gives up on a target that is not a number', () => {
    const { rows, targets } = lawful(8)
    rows[3] = NaN
    expect(huberRidge(rows, targets)).toBeNull()
  })
})
