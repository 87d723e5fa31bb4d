import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createHpaMemory,
  HPA_STABILIZATION_SECONDS,
  HPA_TOLERANCE,
  type HpaSettings,
  syncHpa,
  syncHpaOverSlot,
} from './aggregate-hpa.ts'

const settings: HpaSettings = {
  targetPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 20,
  stabilizationSeconds: HPA_STABILIZATION_SECONDS,
  tolerance: HPA_TOLERANCE,
}

/** Syncs at the given seconds, each on the replicas the one before set. */
function play(syncs: readonly { at: number; demand: number }[], start: number): number[] {
  const memory = createHpaMemory()
  let current = start
  return syncs.map(({ at, demand }) => {
    current = syncHpa(memory, settings, demand, current, at)
    return current
  })
}

describe('one sync (specs/hpa.md §3, §5, §7, §8)', () => {
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
    {
      name: 'above the maximum: down at once, whatever demand says',
      current: 25,
      demand: 9000,
      replicas: 20,
    },
    { name: 'above the maximum without a metric', current: 25, demand: NaN, replicas: 20 },
    {
      name: 'below the minimum: up at once, whatever demand says',
      current: 1,
      demand: 9000,
      replicas: 2,
    },
    { name: 'a missing metric changes nothing', current: 7, demand: NaN, replicas: 7 },
  ])('$name', ({ current, demand, replicas }) => {
    expect(syncHpa(createHpaMemory(), settings, demand, current, 0)).toBe(replicas)
  })

  it('keeps both edges of the tolerance for any whole target and count', () => {
    const whole = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(whole, fc.integer({ min: 2, max: 20 }), (tens, current) => {
        const wide = { ...settings, targetPerReplica: 10 * tens }
        for (const tenths of [9, 10, 11]) {
          const demand = tens * current * tenths
          expect(syncHpa(createHpaMemory(), wide, demand, current, 0)).toBe(current)
        }
      }),
    )
  })

  it('stays within the bounds and the scale-up limit', () => {
    const demand = fc.oneof(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.constant(NaN))
    fc.assert(
      fc.property(demand, fc.integer({ min: 2, max: 20 }), (units, current) => {
        const replicas = syncHpa(createHpaMemory(), settings, units, current, 0)
        expect(replicas).toBeGreaterThanOrEqual(2)
        expect(replicas).toBeLessThanOrEqual(Math.min(20, Math.max(2 * current, 4)))
      }),
    )
  })
})

describe('stabilisation', () => {
  it('holds the highest recommendation of the window, its last second included', () => {
    const low = { demand: 300 }
    const syncs = [
      { at: 0, demand: 800 },
      { at: 15, ...low },
      { at: 300, ...low },
      { at: 301, ...low },
    ]
    expect(play(syncs, 8)).toEqual([8, 8, 8, 3])
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

  it('never holds back a rise', () => {
    const syncs = [
      { at: 0, demand: 300 },
      { at: 15, demand: 900 },
    ]
    expect(play(syncs, 5)).toEqual([3, 6])
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

describe('syncHpaOverSlot', () => {
  it('doubles four times in a minute', () => {
    const wide = { ...settings, maxReplicas: 1000 }
    expect(syncHpaOverSlot(createHpaMemory(), wide, 1e5, 4, 0, 60)).toBe(64)
    expect(syncHpaOverSlot(createHpaMemory(), wide, 1e5, 4, 0, 15)).toBe(8)
    expect(syncHpaOverSlot(createHpaMemory(), wide, 1e5, 4, 0, 5)).toBe(8)
  })

  it('keeps its memory from slot to slot', () => {
    const memory = createHpaMemory()
    const after = [800, 300, 300, 300, 300, 300, 300].map((demand, slot) =>
      syncHpaOverSlot(memory, settings, demand, 8, slot * 60, 60),
    )
    // The newest recommendation of 8 is of second 45: it holds up to the sync at 345.
    expect(after).toEqual([8, 8, 8, 8, 8, 8, 3])
  })
})
