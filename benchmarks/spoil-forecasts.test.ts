import { describe, expect, it } from 'vitest'

import {
  exceedTarget,
  fitForest,
  forestShares,
  targetAt,
} from '../forecaster/distribution/forest/forest.ts'
import { seededNormal } from '../forecaster/series/synthetic-demand.ts'
import type { WorkloadFits } from '../forecaster/workload/workload.ts'

import { tooLowBy } from './spoil-forecasts.ts'

const ROWS = 400
const normal = seededNormal(1)
const forest = fitForest(
  {
    features: Float32Array.from({ length: 2 * ROWS }, normal),
    targets: Float64Array.from({ length: ROWS }, normal),
    rows: ROWS,
    usable: Int32Array.from({ length: ROWS }, (_, r) => r),
  },
  1,
)
const row = Float32Array.of(0.3, -0.2)
const whole: WorkloadFits = { models: [], forest, failed: [], dayAhead: null }

describe('forecasts spoiled on purpose', () => {
  it.each([0.5, 3, -2])('are too low by %d replicas at every chance', (replicas) => {
    const spoiled = tooLowBy(whole, replicas).forest ?? forest
    const shares = forestShares(forest, row)
    // What stands in the leaves is untouched.
    expect(forestShares(spoiled, row)).toEqual(shares)
    for (let need = -4; need <= 4; need += 0.25) {
      const asTold = exceedTarget(spoiled, shares, need - replicas)
      expect(asTold).toBeCloseTo(exceedTarget(forest, shares, need), 9)
    }
    for (const chance of [0.9, 0.5, 0.1, 0.01]) {
      const needed = targetAt(forest, shares, chance)
      expect(targetAt(spoiled, shares, chance)).toBeCloseTo(needed - replicas, 9)
    }
  })

  it('leave the fits they were made from as they are', () => {
    const before = structuredClone(whole)
    tooLowBy(whole, 3)
    expect(whole).toEqual(before)
  })

  it('stay none where no errors were learned yet', () => {
    const none = { ...whole, forest: null }
    expect(tooLowBy(none, 3)).toEqual(none)
  })
})
