import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { servingPod, servingPods, TOLERANCE } from './example-pods.ts'
import { type Int64, int64, MAX_INT64 } from './int64.ts'
import {
  averageValueReplicas,
  sumForAverageValue,
  sumForValue,
  usagePerReplica,
  valueReplicas,
} from './workload-metric-replicas.ts'

describe('a target for the whole (Value)', () => {
  it.each([
    { name: 'within the tolerance it keeps what is asked', value: 1100, current: 7, replicas: 7 },
    { name: 'beyond it multiplies the pods that serve', value: 1101, current: 7, replicas: 4 },
    { name: 'on the way down too', value: 500, current: 3, replicas: 2 },
    { name: 'nothing left', value: 0, current: 3, replicas: 0 },
    { name: 'from 0 there is no tolerance', value: 1, current: 0, replicas: 1 },
    { name: 'and no pod to multiply with', value: 2500, current: 0, replicas: 3 },
    { name: 'from 0 to 0', value: 0, current: 0, replicas: 0 },
    { name: 'no more than 32 bits', value: MAX_INT64, current: 3, replicas: 2147483647 },
    { name: 'from 0 too', value: MAX_INT64, current: 0, replicas: 2147483647 },
  ])('$name', ({ value, current, replicas }) => {
    expect(valueReplicas(value, 1000, current, TOLERANCE, servingPods(3))).toBe(replicas)
  })

  it('counts only pods that run and are ready', () => {
    const pods = [...servingPods(2), servingPod({ phase: 'Pending' }), servingPod({ ready: null })]
    expect(valueReplicas(2000, 1000, 4, TOLERANCE, pods)).toBe(4)
    expect(valueReplicas(2000, 1000, 4, TOLERANCE, servingPods(2, { ready: null }))).toBe(0)
  })

  it('fails without a pod, but only where one is needed', () => {
    const failure =
      'unable to calculate ready pods: no pods returned by selector while calculating replica count'
    expect(valueReplicas(2000, 1000, 2, TOLERANCE, [])).toEqual({ failure })
    expect(valueReplicas(1000, 1000, 2, TOLERANCE, [])).toBe(2)
  })
})

describe('a target per replica (AverageValue)', () => {
  it.each([
    { name: 'within the tolerance it keeps what there is', usage: 3300, status: 3, replicas: 3 },
    { name: 'beyond it', usage: 3301, status: 3, replicas: 4 },
    { name: 'on the way down', usage: 1500, status: 3, replicas: 2 },
    { name: 'a whole number is not rounded up', usage: 2000, status: 3, replicas: 2 },
    { name: 'from none', usage: 1, status: 0, replicas: 1 },
    { name: 'from none to none', usage: 0, status: 0, replicas: 0 },
    { name: 'no more than 32 bits', usage: MAX_INT64, status: 1, replicas: 2147483647 },
  ])('$name', ({ usage, status, replicas }) => {
    expect(averageValueReplicas(usage, 1000, status, TOLERANCE)).toBe(replicas)
  })

  it.each<[Int64, number, Int64]>([
    [1000, 3, 334],
    [999, 3, 333],
    [1000, 0, 0],
    [MAX_INT64, 1, MAX_INT64],
  ])('%d over %d replicas is reported as %d', (usage, status, part) => {
    expect(usagePerReplica(usage, status)).toBe(part)
  })
})

describe('sums of an external metric', () => {
  it.each([
    { name: 'add up', values: [1, 2, 3], value: 6, averageValue: 6 },
    {
      name: 'stop at 64 bits',
      values: [MAX_INT64, 1, -5],
      value: MAX_INT64,
      averageValue: MAX_INT64,
    },
    {
      name: 'may fall below 0 for the whole only',
      values: [-5, 2],
      value: -3,
      averageValue: MAX_INT64,
    },
  ])('$name', ({ values, value, averageValue }) => {
    expect(sumForValue(values)).toBe(value)
    expect(sumForAverageValue(values)).toBe(averageValue)
  })
})

describe('for any value of 64 bits', () => {
  const value = fc.bigInt({ min: 0n, max: MAX_INT64 }).map(int64)
  const target = fc.bigInt({ min: 1n, max: MAX_INT64 }).map(int64)
  const count = fc.nat(1000)

  it('replicas are whole and of 32 bits', () => {
    fc.assert(
      fc.property(value, target, count, (usage, aim, status) => {
        const pods = servingPods(3)
        for (const replicas of [
          averageValueReplicas(usage, aim, status, TOLERANCE),
          valueReplicas(usage, aim, status, TOLERANCE, pods),
        ]) {
          expect(replicas).toBe(Number(replicas) | 0)
          expect(replicas).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('more usage never asks for less, where every replica is there', () => {
    fc.assert(
      fc.property(value, value, target, fc.integer({ min: 1, max: 50 }), (a, b, aim, replicas) => {
        const [less, more] = a < b ? [a, b] : [b, a]
        const average = (usage: Int64) => averageValueReplicas(usage, aim, replicas, TOLERANCE)
        expect(average(more)).toBeGreaterThanOrEqual(average(less))
        const pods = servingPods(replicas)
        const whole = (usage: Int64) => Number(valueReplicas(usage, aim, replicas, TOLERANCE, pods))
        expect(whole(more)).toBeGreaterThanOrEqual(whole(less))
      }),
    )
  })
})
