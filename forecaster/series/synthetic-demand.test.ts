import { expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'
import { seededNormal, syntheticDemand } from './synthetic-demand.ts'

it('gives the published start of mulberry32 with seed 1', () => {
  const uniform = seededRandom(1)
  expect([uniform(), uniform()]).toEqual([0.6270739405881613, 0.002735721180215478])
})

it('gives standard normal numbers', () => {
  const normal = seededNormal(5)
  const numbers = Array.from({ length: 20_000 }, () => normal())
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean(numbers)).toBeCloseTo(0, 1)
  expect(mean(numbers.map((number) => number ** 2))).toBeCloseTo(1, 1)
})

it('gives the same demand for the same seed, never below zero', () => {
  const made = { days: 2, stepSeconds: 900, level: 1, swing: 1, noise: 2, seed: 7 }
  const demand = syntheticDemand(made)
  expect(demand).toHaveLength(192)
  expect(demand).toEqual(syntheticDemand(made))
  expect(Math.min(...demand)).toBe(0)
})
