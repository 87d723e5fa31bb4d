import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AggregateHpa,
  aggregateUsage,
  createAggregateMemory,
  syncAggregate,
  syncAggregateOverSlot,
} from './aggregate-sync.ts'
import { completeBehavior } from './behavior.ts'
import { DEFAULT_SETTINGS } from './controller-settings.ts'
import { TOLERANCE } from './example-pods.ts'
import { EMPTY_MEMORY } from './memory.ts'
import { reconcile } from './reconcile.ts'

const HPA: AggregateHpa = {
  minReplicas: 2,
  maxReplicas: 20,
  behavior: null,
  tolerance: TOLERANCE,
  settings: DEFAULT_SETTINGS,
}

/** Syncs at the given seconds with a target of 100 a replica, each on what the one before left. */
function play(syncs: readonly { at: number; demand: number }[], start: number): number[] {
  const memory = createAggregateMemory()
  let current = start
  return syncs.map(({ at, demand }) => {
    current = syncAggregate(memory, HPA, aggregateUsage(demand, 100), current, at)
    return current
  })
}

describe('one sync, later than the window after the first', () => {
  it.each([
    { name: 'on target', current: 10, demand: 1000, replicas: 10 },
    { name: 'within the tolerance, above', current: 10, demand: 1099, replicas: 10 },
    { name: 'the upper edge is within', current: 10, demand: 1100, replicas: 10 },
    { name: 'the upper edge is within, one replica', current: 3, demand: 330, replicas: 3 },
    { name: 'beyond the upper edge', current: 10, demand: 1101, replicas: 12 },
    { name: 'the lower edge is within', current: 10, demand: 900, replicas: 10 },
    { name: 'beyond the lower edge', current: 10, demand: 899, replicas: 9 },
    { name: 'a part of a replica is a replica', current: 10, demand: 1401, replicas: 15 },
    { name: 'a whole number is not rounded up', current: 10, demand: 1400, replicas: 14 },
    { name: 'at most twice as many', current: 6, demand: 2000, replicas: 12 },
    { name: 'or four', current: 2, demand: 1000, replicas: 4 },
    { name: 'no demand is the minimum', current: 5, demand: 0, replicas: 2 },
    { name: 'the maximum', current: 15, demand: 9000, replicas: 20 },
    { name: 'above the maximum: down at once', current: 25, demand: 9000, replicas: 20 },
    { name: 'above the maximum without a metric', current: 25, demand: NaN, replicas: 20 },
    { name: 'below the minimum: up at once', current: 1, demand: 9000, replicas: 2 },
    { name: 'scaled to 0 by hand it is off', current: 0, demand: 9000, replicas: 0 },
    { name: 'a missing metric changes nothing', current: 7, demand: NaN, replicas: 7 },
  ])('$name', ({ current, demand, replicas }) => {
    const syncs = [
      { at: 0, demand: NaN },
      { at: 301, demand },
    ]
    const memory = createAggregateMemory()
    const [, after] = syncs.map(({ at, demand: units }) =>
      syncAggregate(memory, HPA, aggregateUsage(units, 100), current, at),
    )
    expect(after).toBe(replicas)
  })
})

describe('stabilisation', () => {
  it('the replicas found at the start hold as long as any recommendation', () => {
    const low = { demand: 300 }
    const syncs = [
      { at: 0, ...low },
      { at: 300, ...low },
      { at: 301, ...low },
    ]
    expect(play(syncs, 8)).toEqual([8, 8, 3])
  })

  it('goes down by what the window allows, step by step', () => {
    const syncs = [
      { at: 0, demand: 800 },
      { at: 60, demand: 600 },
      { at: 120, demand: 300 },
      { at: 330, demand: 300 },
      { at: 390, demand: 300 },
    ]
    expect(play(syncs, 8)).toEqual([8, 8, 8, 6, 3])
  })

  it('remembers what demand asked for, not what the limit let through', () => {
    const syncs = [
      { at: 0, demand: 1600 },
      { at: 15, demand: 200 },
      { at: 30, demand: 200 },
    ]
    expect(play(syncs, 4)).toEqual([8, 16, 16])
  })

  it('forgets nothing and learns nothing in a sync without a metric', () => {
    const syncs = [
      { at: 0, demand: 800 },
      { at: 60, demand: NaN },
      { at: 300, demand: 300 },
      { at: 315, demand: 300 },
    ]
    expect(play(syncs, 8)).toEqual([8, 8, 8, 3])
  })
})

describe('over a slot', () => {
  it('doubles four times in a minute', () => {
    const wide = { ...HPA, maxReplicas: 1000 }
    const after = (stepSeconds: number) =>
      syncAggregateOverSlot(createAggregateMemory(), wide, 1e9, 4, 0, stepSeconds)
    expect([after(60), after(15), after(5)]).toEqual([64, 8, 8])
  })

  it('keeps its memory from slot to slot', () => {
    const memory = createAggregateMemory()
    const after = [800, 300, 300, 300, 300, 300, 300].map((demand, slot) =>
      syncAggregateOverSlot(memory, HPA, aggregateUsage(demand, 100), 8, slot * 60, 60),
    )
    // The newest recommendation of 8 is of second 45: it holds up to the sync at 345.
    expect(after).toEqual([8, 8, 8, 8, 8, 8, 3])
  })
})

it.each([null, completeBehavior(null, null)])(
  'goes to a minimum of 0 and comes back',
  (behavior) => {
    const memory = createAggregateMemory()
    const hpa = { ...HPA, minReplicas: 0, behavior }
    const after = [0, 0, 301, 316].map((at, i) =>
      syncAggregate(memory, hpa, aggregateUsage(i === 3 ? 250 : 0, 100), i === 3 ? 0 : 2, at),
    )
    expect(after).toEqual([2, 2, 0, 3])
  },
)

it('counts whole replicas without float noise, in any unit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      (n, target) => {
        const memory = createAggregateMemory()
        const wide = { ...HPA, minReplicas: 1, maxReplicas: 1000 }
        syncAggregate(memory, wide, NaN, 1000, 0)
        expect(syncAggregate(memory, wide, aggregateUsage(n * target, target), 1000, 301)).toBe(n)
      },
    ),
  )
})

describe('is the whole engine in short', () => {
  const policy = fc.record({
    ...{ type: fc.constantFrom('Pods' as const, 'Percent' as const) },
    ...{ value: fc.integer({ min: 1, max: 150 }), periodSeconds: fc.integer({ min: 1, max: 200 }) },
  })
  const rules = fc.option(
    fc.record({
      stabilizationWindowSeconds: fc.nat(200),
      selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
      policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
    }),
  )
  const behaviors = fc.option(
    fc.tuple(rules, rules).map(([up, down]) => completeBehavior(up, down)),
  )
  const sync = fc.record({
    usage: fc.option(fc.nat(25_000_000), { freq: 6 }),
    /** Someone else scales now and then. */
    moved: fc.option(fc.nat(30), { freq: 1, nil: null }),
    waits: fc.constantFrom(15, 15, 15, 60, 300),
  })

  it('with and without behavior, over any syncs', () => {
    fc.assert(
      fc.property(
        behaviors,
        fc.array(sync, { maxLength: 60 }),
        fc.nat(30),
        (behavior, syncs, start) => {
          const memory = createAggregateMemory()
          const hpa = { ...HPA, behavior }
          let [short, whole, known, at] = [start, start, EMPTY_MEMORY, 0]
          for (const { usage, moved, waits } of syncs) {
            at += waits
            if (moved !== null && waits === 60) [short, whole] = [moved, moved]
            short = syncAggregate(memory, hpa, usage ?? NaN, short, at)
            const after = reconcile({
              spec: {
                ...{ namespace: 'shop', minReplicas: 2, maxReplicas: 20, behavior },
                metrics: [
                  {
                    ...{ type: 'External', metric: 'queue', selectorText: null },
                    target: { type: 'AverageValue', averageValue: 1_000_000 },
                  },
                ],
              },
              status: { desiredReplicas: whole, conditions: [] },
              scale: { specReplicas: whole, statusReplicas: whole, selector: 'app=web' },
              ...{ pods: [], selectingHpas: [], memory: known, settings: DEFAULT_SETTINGS },
              samples: [
                usage === null ? { failure: 'none' } : { kind: 'external', values: [usage] },
              ],
              ...{ writeRefusal: null, nowSeconds: at },
            })
            whole = after.written ?? whole
            known = after.memory
            expect(short).toBe(whole)
          }
        },
      ),
    )
  })
})
