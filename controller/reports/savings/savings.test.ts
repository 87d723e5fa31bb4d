import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { emptySeries, type Recorded, type SeriesName } from './recorded.ts'
import { savingsOf } from './savings.ts'
import type { Savings } from './savings-result.ts'

const SLOTS = 120

/** Two hours of 60 s; what is not stated stands at what suffices and is known throughout. */
function recorded(stated: Partial<Record<SeriesName, (slot: number) => number>>): Recorded {
  const series = emptySeries(SLOTS)
  const standing = { demand: 2, 'least ready': 3, 'mean ready': 3, 'hpa alone': 4, lead: 120 }
  const filled = (value: (slot: number) => number) =>
    Float64Array.from({ length: SLOTS }, (_, slot) => value(slot))
  Object.assign(
    series,
    Object.fromEntries(
      Object.entries(standing).map(([name, value]) => [name, filled(() => value)]),
    ),
    Object.fromEntries(Object.entries(stated).map(([name, value]) => [name, filled(value)])),
  )
  return {
    namespace: 'shop',
    name: 'shop-web',
    startSeconds: 0,
    stepSeconds: 60,
    slots: SLOTS,
    series,
    warnings: [],
  }
}

function judged(stated: Parameters<typeof recorded>[0]): Savings {
  const answer = savingsOf(recorded(stated))
  if (answer.kind !== 'savings') throw new Error(answer.kind)
  return answer.savings
}

const alternative = ({ alternatives }: Savings, policy: string) =>
  alternatives.find((each) => each.policy === policy)

/** As `expect` compares it; typed, unlike closeTo. */
const near = (value: number): unknown => expect.closeTo(value, 12)

describe('savingsOf', () => {
  it('counts what ran, what it saved, and the minutes short of both', () => {
    const savings = judged({
      demand: (slot) => (slot >= 10 && slot < 13 ? 3.5 : 2),
      'mean ready': (slot) => (slot === 20 ? 2.5 : 3),
    })
    expect(savings.comparedSlots).toBe(120)
    expect(savings.ran).toEqual({
      replicaHours: near((119 * 3 + 2.5) / 60),
      violatedMinutes: 3,
      violationPercent: 2.5,
      demandShortPercent: near((100 * 1.5) / (117 * 2 + 3 * 3.5)),
      longestShortageMinutes: 3,
    })
    expect(alternative(savings, 'hpa-alone')).toMatchObject({
      replicas: null,
      outcome: { replicaHours: 8, violatedMinutes: 0 },
      saved: { replicaHours: near(8 - 359.5 / 60), violatedMinutes: -3 },
    })
    expect(alternative(savings, 'fixed-largest')).toMatchObject({
      replicas: 4,
      outcome: { replicaHours: 8, violatedMinutes: 0 },
    })
    expect(alternative(savings, 'fixed-usual')).toMatchObject({
      replicas: 2,
      outcome: { replicaHours: 4, violatedMinutes: 3, longestShortageMinutes: 3 },
      saved: { percent: near((100 * (4 - 359.5 / 60)) / 4) },
    })
  })

  it('judges the HPA alone by pods that need their lead', () => {
    const savings = judged({
      demand: (slot) => (slot < 60 ? 1 : 4),
      'hpa alone': (slot) => (slot < 61 ? 2 : 5),
    })
    // Asked for in slot 61, Ready in 63: short in 60, 61 and 62.
    const hpa = alternative(savings, 'hpa-alone')
    expect(hpa?.outcome.violatedMinutes).toBe(3)
    expect(hpa?.outcome.replicaHours).toBe((63 * 2 + 57 * 5) / 60)
  })

  it('compares only slots in which all is known, and names what is missing', () => {
    const gap = (slots: number[], value: number) => (slot: number) =>
      slots.includes(slot) ? NaN : value
    const savings = judged({
      demand: gap([1, 2], 2),
      'least ready': gap([2, 3], 3),
      'mean ready': gap([2, 3], 3),
      'hpa alone': gap([3, 4, 5], 4),
    })
    expect(savings.comparedSlots).toBe(115)
    expect(savings.ran.replicaHours).toBe((115 * 3) / 60)
    for (const { policy, outcome } of savings.alternatives) {
      expect(outcome.replicaHours, policy).toBe((115 * (policy === 'hpa-alone' ? 4 : 2)) / 60)
    }
    expect(savings.seen).toContainEqual({ series: 'demand', seen: 118, missing: 2 })
    expect(savings.seen).toContainEqual({ series: 'hpa alone', seen: 117, missing: 3 })
    expect(savings.seen).toContainEqual({ series: 'forecast 0.5', seen: 0, missing: 120 })
  })

  it.each([
    ['NoCount', { 'hpa alone': () => NaN }],
    ['NoLead', { lead: () => NaN }],
    ['TooFewSlots', { 'hpa alone': (slot: number) => (slot < 5 ? 4 : NaN) }],
  ] as const)('compares without the HPA alone: %s', (absent, stated) => {
    const savings = judged(stated)
    expect(savings.hpaAloneAbsent).toBe(absent)
    expect(savings.comparedSlots).toBe(120)
    expect(savings.alternatives.map(({ policy }) => policy)).toEqual([
      'fixed-largest',
      'fixed-usual',
    ])
  })

  it('says nothing of less than ten minutes', () => {
    const known = (slots: number) => recorded({ demand: (slot) => (slot < slots ? 2 : NaN) })
    expect(savingsOf(known(9))).toEqual({ kind: 'too-little', comparedSlots: 9 })
    expect(savingsOf(known(10)).kind).toBe('savings')
  })

  it('calls no fixed count of nothing a service', () => {
    const savings = judged({ demand: () => 0 })
    expect(savings.alternatives.map(({ replicas }) => replicas)).toEqual([null, 1, 1])
  })

  it('counts fallback, observing and changes of capacity', () => {
    const savings = judged({
      fallback: (slot) => (slot < 10 ? NaN : Number(slot < 15)),
      observing: (slot) => (slot < 40 ? 1 : NaN),
      capacity: (slot) => [250, NaN, 250, 300, 250][Math.floor(slot / 24)] ?? NaN,
      lead: (slot) => (slot < 100 ? 90 : NaN),
    })
    expect(savings.fallback).toEqual({ minutes: 5, knownMinutes: 110 })
    expect(savings.observedMinutes).toBe(40)
    expect(savings.capacityChanges).toBe(2)
    expect(savings.leadSeconds).toBe(90)
  })

  it('never counts a missing slot: hours and minutes short are those of the slots seen', () => {
    const slotNumbers = fc.uniqueArray(fc.nat(SLOTS - 1), { maxLength: 55 })
    fc.assert(
      fc.property(slotNumbers, fc.nat(1000), (missing, seed) => {
        const demand = (slot: number) => ((slot * 7919 + seed) % 53) / 10
        const gaps = new Set(missing)
        const savings = judged({ demand: (slot) => (gaps.has(slot) ? NaN : demand(slot)) })
        const seen = Array.from({ length: SLOTS }, (_, slot) => slot).filter((s) => !gaps.has(s))
        expect(savings.comparedSlots).toBe(seen.length)
        expect(savings.ran.replicaHours).toBeCloseTo((3 * seen.length) / 60, 9)
        expect(savings.ran.violatedMinutes).toBe(seen.filter((slot) => demand(slot) > 3).length)
      }),
    )
  })

  it('has every saving be the difference of what stands beside it', () => {
    const values = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: SLOTS, maxLength: SLOTS })
    fc.assert(
      fc.property(values, values, (ready, desired) => {
        const at = (list: number[]) => (slot: number) => list[slot] ?? NaN
        const savings = judged({
          'least ready': at(ready),
          'mean ready': at(ready),
          'hpa alone': at(desired),
        })
        for (const { outcome, saved } of savings.alternatives) {
          expect(saved.replicaHours).toBe(outcome.replicaHours - savings.ran.replicaHours)
          expect(saved.violatedMinutes).toBe(outcome.violatedMinutes - savings.ran.violatedMinutes)
        }
      }),
      { numRuns: 30 },
    )
  })
})
