import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Series } from '../series/series.ts'
import { type Stated, sizing } from './assumptions.ts'

const WARM_UP = 100
const NOTHING: Stated = {
  capacityPerReplica: null,
  peakReplicas: null,
  minReplicas: 1,
  maxReplicas: null,
}

function seriesOf(values: readonly number[]): Series {
  return { startSeconds: 0, stepSeconds: 60, values: Float64Array.from(values) }
}

/** 0 … 99, so that percentiles are what they are called. */
const hundred = Array.from({ length: WARM_UP }, (_, i) => i)

describe('sizing', () => {
  it('assumes a peak of 20 replicas at the 99th percentile of the warm-up', () => {
    const capacity = 98.01 / 20
    expect(sizing(seriesOf(hundred), WARM_UP, NOTHING)).toEqual({
      capacityPerReplica: capacity,
      minReplicas: 1,
      maxReplicas: 210,
      peakReplicas: 20,
      largestNeed: 21,
      p99Need: 20,
      usualNeed: 11,
    })
  })

  it.each([
    {
      name: 'a stated peak',
      stated: { peakReplicas: 5 },
      expected: { capacityPerReplica: 19.602, peakReplicas: 5 },
    },
    {
      name: 'a stated capacity',
      stated: { capacityPerReplica: 10 },
      expected: { capacityPerReplica: 10, largestNeed: 10, p99Need: 10, usualNeed: 5 },
    },
    {
      name: 'a stated capacity beside a stated peak',
      stated: { capacityPerReplica: 10, peakReplicas: 3 },
      expected: { capacityPerReplica: 10 },
    },
    {
      name: 'a stated maximum',
      stated: { maxReplicas: 7 },
      expected: { maxReplicas: 7, largestNeed: 21 },
    },
    {
      name: 'a minimum above the need',
      stated: { minReplicas: 30 },
      expected: { largestNeed: 30, p99Need: 30, usualNeed: 30, maxReplicas: 300 },
    },
  ])('takes $name', ({ stated, expected }) => {
    expect(sizing(seriesOf(hundred), WARM_UP, { ...NOTHING, ...stated })).toMatchObject(expected)
  })

  it('takes the largest sample where nearly all are zero', () => {
    const lone = [...hundred, ...hundred].map((_, i) => (i === 50 ? 60 : 0))
    expect(sizing(seriesOf(lone), 2 * WARM_UP, NOTHING)).toMatchObject({
      capacityPerReplica: 3,
      largestNeed: 20,
      usualNeed: 1,
      peakReplicas: 20,
    })
  })

  it('rounds the capacity to nine significant digits', () => {
    const third = hundred.map(() => 100 / 3)
    expect(sizing(seriesOf(third), WARM_UP, NOTHING)?.capacityPerReplica).toBe(1.66666667)
  })

  it('leaves gaps out and takes less than zero for zero', () => {
    const holed = [...hundred.flatMap((value) => [value, NaN]), -5, NaN]
    expect(sizing(seriesOf(holed), 202, NOTHING)?.capacityPerReplica).toBeCloseTo(98 / 20, 9)
  })

  it('sees nothing after the warm-up', () => {
    const samples = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 100, maxLength: 100 })
    fc.assert(
      fc.property(samples, fc.array(fc.nat()), (before, after) => {
        const seen = sizing(seriesOf([...before, ...after]), WARM_UP, NOTHING)
        expect(seen).not.toBeNull()
        expect(seen).toEqual(sizing(seriesOf(before), WARM_UP, NOTHING))
      }),
    )
  })

  it.each([
    { name: 'only zeros', values: hundred.map(() => 0), stated: {} },
    { name: 'only gaps', values: hundred.map(() => NaN), stated: {} },
    {
      name: 'only gaps, and the capacity stated',
      values: hundred.map(() => NaN),
      stated: { capacityPerReplica: 10 },
    },
    { name: 'nothing', values: [], stated: { capacityPerReplica: 10 } },
  ])('has no size for $name', ({ values, stated }) => {
    expect(sizing(seriesOf([...values, 50]), values.length, { ...NOTHING, ...stated })).toBeNull()
  })

  it('has one for zeros where the capacity is stated: the minimum', () => {
    const stated = { ...NOTHING, capacityPerReplica: 10 }
    expect(sizing(seriesOf(hundred.map(() => 0)), WARM_UP, stated)).toMatchObject({
      largestNeed: 1,
      usualNeed: 1,
      peakReplicas: 1,
      maxReplicas: 10,
    })
  })
})
