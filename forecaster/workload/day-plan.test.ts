import { describe, expect, it } from 'vitest'
import { type DayAhead, fitDayAhead } from '../day-ahead/day-ahead.ts'
import { pricePlan } from '../plans/price.ts'
import { quantilePlan } from '../plans/quantile.ts'
import { appendSample, createHistory } from '../series/history.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { plannedFor } from './day-plan.ts'

const DAY = 96
const UNTIL = 20_000 * DAY
const MAX = 100
const PLAN = quantilePlan(0.9)

/** The day ahead at 10 a replica, learned from these quarter hours before UNTIL. */
function dayAhead(values: Float64Array): DayAhead | null {
  const history = createHistory(900, UNTIL - values.length, 8)
  for (const value of values) appendSample(history, value)
  return fitDayAhead(history, UNTIL, 10)
}

const wave = syntheticDemand({
  days: 6,
  stepSeconds: 900,
  level: 100,
  swing: 50,
  noise: 2,
  seed: 1,
})

describe('plannedFor', () => {
  it('reaches a day from when the next fit is due, and an hour for the lead; none of it is past', () => {
    const fit = dayAhead(wave)
    const last = DAY + 6.5 * 4 + 4 - 1
    const planned = [-1, 0, last, last + 1].map((slot) => plannedFor(fit, UNTIL + slot, PLAN, MAX))
    expect(planned.map((replicas) => replicas !== null)).toEqual([false, true, true, false])
  })

  it('follows the day: as many replicas as its crest and its trough need', () => {
    const fit = dayAhead(wave)
    const crest = plannedFor(fit, UNTIL + DAY / 4, PLAN, MAX) ?? NaN
    const trough = plannedFor(fit, UNTIL + (3 * DAY) / 4, PLAN, MAX) ?? NaN
    expect(crest).toBeGreaterThanOrEqual(15)
    expect(crest).toBeLessThanOrEqual(17)
    expect(trough).toBeGreaterThanOrEqual(5)
    expect(trough).toBeLessThanOrEqual(7)
  })

  it('is the plan that is asked for: a price that rises buys more', () => {
    const noisy = { days: 6, stepSeconds: 900, level: 400, swing: 0, noise: 100, seed: 2 }
    const fit = dayAhead(syntheticDemand(noisy))
    const planned = [1, 300, 30_000].map((price) =>
      plannedFor(fit, UNTIL + 5, pricePlan(price), MAX),
    )
    expect(planned).toEqual(planned.toSorted((a, b) => (a ?? NaN) - (b ?? NaN)))
    expect(new Set(planned).size).toBe(3)
  })

  it.each([
    { name: 'before the first fit', fit: null },
    {
      name: 'at a time of day without two days of samples',
      fit: dayAhead(wave.slice().fill(NaN, 0, 5 * DAY)),
    },
  ])('is unknown $name', ({ fit }) => {
    expect(plannedFor(fit, UNTIL + 5, PLAN, MAX)).toBeNull()
  })

  it('never plans more than the maximum', () => {
    const large = new Float64Array(3 * DAY).fill(1e6)
    expect(plannedFor(dayAhead(large), UNTIL + 5, PLAN, MAX)).toBe(MAX)
  })
})
