import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { slotRequest, TELLING_METRICS } from './telling-metrics.ts'

const SCALER = { namespace: 'shop', name: 'shop-web' }
const STEP = 60
/** The slot 12:00 to 12:01 of the epoch's first day. */
const NOON = 43_200

function evaluationTimes(name: 'demand' | 'least ready') {
  const span = { firstSeconds: NOON, lastSeconds: NOON + 2 * STEP, stepSeconds: STEP }
  return slotRequest(TELLING_METRICS[name], SCALER, span)
}

describe('slotRequest', () => {
  it('asks for the closed slot 12:00 at 12:02, and for how things stood in it at 12:01', () => {
    expect(evaluationTimes('demand')).toEqual({
      query:
        'max(last_over_time(foresail_demand_replicas{namespace="shop",name="shop-web"}[50s])) == ' +
        'min(last_over_time(foresail_demand_replicas{namespace="shop",name="shop-web"}[50s]))',
      startSeconds: NOON + 120,
      endSeconds: NOON + 240,
      stepSeconds: 60,
    })
    expect(evaluationTimes('least ready')).toEqual({
      query:
        'max(min_over_time(foresail_replicas{namespace="shop",name="shop-web",source="ready"}[50s])) == ' +
        'min(min_over_time(foresail_replicas{namespace="shop",name="shop-web",source="ready"}[50s]))',
      startSeconds: NOON + 60,
      endSeconds: NOON + 180,
      stepSeconds: 60,
    })
  })

  it('sums the capacities of the signals: only that one changes is of interest', () => {
    const span = { firstSeconds: NOON, lastSeconds: NOON, stepSeconds: 300 }
    expect(slotRequest(TELLING_METRICS.capacity, SCALER, span).query).toBe(
      'sum(max by (signal) (last_over_time(' +
        'foresail_capacity_per_replica{namespace="shop",name="shop-web"}[290s])))',
    )
  })
})

/** What a scrape at `at` reads from a gauge exported `delay` after each boundary: the start of its step. */
function exportedAt(at: number, delay: number): number {
  return Math.floor((at - delay) / STEP) * STEP
}

/** last_over_time over (at - window, at] of scrapes every `every` seconds from `phase` on. */
function lastScrape(at: number, window: number, phase: number, every: number): number | null {
  const newest = at - ((((at - phase) % every) + every) % every)
  return newest > at - window ? newest : null
}

describe('the convention', () => {
  it.each([
    { delay: 3, every: 1, phase: 0 },
    { delay: 3, every: 15, phase: 0 },
    { delay: 3, every: 15, phase: 2.9 },
    { delay: 5, every: 15, phase: 14.9 },
    { delay: 9.9, every: 15, phase: 5 },
    { delay: 5, every: 60, phase: 10.5 },
  ])('finds the slot with export after $delay s, scrapes each $every s from $phase', (world) => {
    expectSlotFound(world)
  })

  it('finds the slot wherever the scrapes fall', () => {
    fc.assert(
      fc.property(
        fc.record({
          delay: fc.double({ min: 0.5, max: 9.9, noNaN: true }),
          every: fc.integer({ min: 1, max: 30 }),
          phase: fc.double({ min: 0, max: 30, noNaN: true }),
        }),
        expectSlotFound,
      ),
    )
  })

  it('finds a gap, not the value before, when nothing was scraped since the export settled', () => {
    // One scrape a minute, two seconds past it: what it reads is a step old, so it is not taken.
    expect(lastScrape(NOON + 120, 50, 2, 60)).toBeNull()
  })

  function expectSlotFound({ delay, every, phase }: Record<'delay' | 'every' | 'phase', number>) {
    const asked = evaluationTimes('demand')
    const window = Number(/\[(\d+)s\]/.exec(asked.query)?.[1])
    const scrape = lastScrape(asked.startSeconds, window, phase, every)
    expect(scrape).not.toBeNull()
    // Exported at the boundary B the demand gauge tells of the slot before B.
    expect(exportedAt(scrape ?? 0, delay) - STEP).toBe(NOON)
  }
})
