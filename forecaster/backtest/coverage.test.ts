import { expect, it } from 'vitest'
import { inReplicas } from '../distribution/distribution.ts'
import { countCoverage, createCoverage } from './coverage.ts'

/** Demand that is even between 0 and 10 replicas. */
const even = inReplicas(
  1,
  (demand) => Math.max(0, 1 - demand / 10),
  (probability) => 10 * probability,
)

it('counts demand at or below each quantile, float noise too, and a missing sample nowhere', () => {
  const counts = createCoverage()
  for (const actual of [1, 5, 9 * (1 + 1e-12), 9.6, 10, NaN]) countCoverage(counts, even, actual)
  expect(counts).toEqual([
    { asked: 0.5, within: 2, counted: 5 },
    { asked: 0.9, within: 3, counted: 5 },
    { asked: 0.95, within: 3, counted: 5 },
    { asked: 0.99, within: 4, counted: 5 },
  ])
})
