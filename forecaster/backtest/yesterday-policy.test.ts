import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Series } from '../series/series.ts'
import {
  YESTERDAY_DEFAULT,
  YESTERDAY_SWEEP,
  yesterdayDemand,
  yesterdayPolicy,
} from './yesterday-policy.ts'

const STEP_SECONDS = 300
const DAY = 288

function seriesOf(values: ArrayLike<number>): Series {
  return { startSeconds: 0, stepSeconds: STEP_SECONDS, values: Float64Array.from(values) }
}

/** Two days of nothing but what stands at the given slots of the first. */
function dayWith(samples: Record<number, number>, otherwise = 0): Series {
  return seriesOf(Array.from({ length: 2 * DAY }, (_, slot) => samples[slot] ?? otherwise))
}

describe('yesterdayDemand', () => {
  it('reaches from five minutes before this time to five minutes after new pods are Ready', () => {
    const demand = yesterdayDemand(dayWith({ 100: 7 }), 2)
    const seen = Array.from(demand.keys()).filter((slot) => demand[slot] === 7)
    expect(seen).toEqual([DAY + 97, DAY + 98, DAY + 99, DAY + 100, DAY + 101])
  })

  it('is the largest of what is known there', () => {
    const [slot, gap] = [DAY + 100, NaN]
    expect(yesterdayDemand(dayWith({ 99: 3, 100: 9, 101: 5 }), 2)[slot]).toBe(9)
    expect(yesterdayDemand(dayWith({ 99: 3, 100: gap, 101: gap }), 2)[slot]).toBe(3)
    expect(yesterdayDemand(dayWith({ 99: -3 }, NaN), 2)[slot]).toBe(-3)
  })

  it('is not known where all of it is a gap, nor on the first day', () => {
    const demand = yesterdayDemand(dayWith({ 100: NaN, 101: NaN, 102: NaN, 103: NaN }, 4), 1)
    const unknown = Array.from(demand.keys()).filter((slot) => Number.isNaN(demand[slot]))
    expect(unknown).toEqual([...Array(DAY - 2).keys(), DAY + 101])
  })

  it('draws on nothing of the slot itself or later, however long a start-up takes', () => {
    const values = fc.array(fc.nat(), { minLength: 3, maxLength: 2 * DAY })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 2 * DAY }), fc.nat(), (samples, lead, at) => {
        const cut = at % samples.length
        const changed = samples.map((value, slot) => (slot < cut ? value : 3 * value + 1))
        const [one, other] = [samples, changed].map((each) =>
          yesterdayDemand(seriesOf(each), lead).slice(0, cut + 1),
        )
        expect(one).toEqual(other)
      }),
    )
  })
})

describe('yesterdayPolicy', () => {
  const moment = { slot: 0, newestSample: 0, existing: 1, ready: 1 }
  it.each([
    { name: 'yesterday with its margin', demand: 40, margin: 0.25, beneath: 3, replicas: 5 },
    { name: 'whole replicas', demand: 41, margin: 0.25, beneath: 3, replicas: 6 },
    { name: 'no margin', demand: 40, margin: 0, beneath: 3, replicas: 4 },
    { name: 'the floor where it is higher', demand: 40, margin: 0.25, beneath: 9, replicas: 9 },
    { name: 'the floor alone in a gap', demand: NaN, margin: 0.25, beneath: 3, replicas: 3 },
  ])('$name: $replicas', ({ demand, margin, beneath, replicas }) => {
    const policy = yesterdayPolicy({
      demand: Float64Array.of(demand),
      margin,
      capacityPerReplica: 10,
      beneath: () => beneath,
    })
    expect(policy(moment)).toBe(replicas)
  })
})

it('has its default among the settings of its sweep, each once', () => {
  expect(YESTERDAY_SWEEP).toContainEqual(YESTERDAY_DEFAULT)
  expect(new Set(YESTERDAY_SWEEP.map((setting) => JSON.stringify(setting))).size).toBe(56)
  expect(YESTERDAY_SWEEP).toHaveLength(56)
})
