import { describe, expect, it } from 'vitest'
import type { FitJob } from '../../controller/reconcile/rehearse.ts'
import { ShopWorld } from '../sandbox/shop-world.ts'
import { fitBeginsAtMs } from './fit-ahead.ts'
import { fit } from './rehearse.ts'
import { spreadOf } from './spread.ts'

const MINUTE = 60
/** The fit on data until 12:00 UTC is in force from the decision for 12:30 on. */
const CUT = Date.UTC(2026, 0, 12, 12) / 1000
const EFFECT = CUT + 30 * MINUTE

describe('when fits are computed', () => {
  it('is spread over the half hour in which a fleet has its data and is not yet due', () => {
    const until = CUT / MINUTE
    const minutes = Array.from({ length: 1000 }, (_, i) => {
      const beginsMs = fitBeginsAtMs(until, spreadOf(`3f6c1c52-0a6e-4d1c-9c0f-${String(i)}`))
      return Math.floor((beginsMs / 1000 - CUT) / MINUTE)
    })
    const perMinute = Array.from({ length: 30 }, (_, m) => minutes.filter((at) => at === m).length)
    expect(perMinute.reduce((sum, count) => sum + count)).toBe(1000)
    // A fit takes some 60 ms: sixty of them are four seconds of one core in the busiest minute.
    expect(Math.max(...perMinute)).toBeLessThan(70)
    expect(perMinute.slice(0, 25).every((count) => count > 10)).toBe(true)
    expect(perMinute.slice(26).every((count) => count === 0)).toBe(true)
  })

  it('differs from scaler to scaler; from when a fit is in force does not', async () => {
    const begun = new Map<string, number>()
    const inForce = new Map<string, number>()
    for (const uid of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const shop = new ShopWorld({}, uid)
      const { forecasting } = shop.ports
      shop.ports.forecasting = {
        ...forecasting,
        fit: (job: FitJob) => {
          begun.set(uid, shop.clock.nowMs() / 1000)
          return Promise.resolve(fit(structuredClone(job)))
        },
      }
      for (let at = CUT - 5 * MINUTE; at <= EFFECT + 2 * MINUTE; at += MINUTE) {
        const { live } = await shop.syncAt(at + 5)
        const fitted = live?.workload.fittedUntil === CUT / MINUTE
        if (fitted && !inForce.has(uid)) inForce.set(uid, at)
      }
    }
    expect(new Set(inForce.values())).toEqual(new Set([EFFECT]))
    expect(new Set(begun.values()).size).toBeGreaterThan(3)
    expect(Math.max(...begun.values())).toBeLessThan(EFFECT - 4 * MINUTE)
  })
})

describe('decisions', () => {
  it('are those of fits computed where they are due', async () => {
    const ahead = new ShopWorld()
    const atOnce = new ShopWorld()
    for (let at = CUT - 5 * MINUTE; at < EFFECT + 60 * MINUTE; at += MINUTE) {
      const one = await ahead.syncAt(at + 5)
      // Forgotten before it is due, it is computed in the slot itself, as the backtest does.
      if (atOnce.memory.live) atOnce.memory.live.fitAhead = null
      const other = await atOnce.syncAt(at + 5)
      expect(one.live?.deliberation?.decision).toEqual(other.live?.deliberation?.decision)
    }
    expect(ahead.memory.live?.workload.fittedUntil).toBe(CUT / MINUTE)
  })

  it('go on from the old fit while the new one is late, which is said', async () => {
    const shop = new ShopWorld()
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const { forecasting } = shop.ports
    shop.ports.forecasting = {
      ...forecasting,
      fit: (job: FitJob) => promise.then(() => fit(structuredClone(job))),
    }
    for (let at = CUT - 2 * MINUTE; at <= EFFECT; at += MINUTE) await shop.syncAt(at + 5)
    const late = await shop.syncAt(EFFECT + MINUTE + 5)
    expect(late.live?.fitProblem).toBe('it is still being computed')
    expect(late.live?.deliberation?.step).toBe(EFFECT / MINUTE + 1)
    expect(late.live?.workload.fittedUntil).toBeLessThan(CUT / MINUTE)
    resolve(undefined)
    await promise
    const then = await shop.syncAt(EFFECT + 2 * MINUTE + 5)
    expect(then.live?.fitProblem).toBeNull()
    expect(then.live?.workload.fittedUntil).toBe(CUT / MINUTE)
  })
})
