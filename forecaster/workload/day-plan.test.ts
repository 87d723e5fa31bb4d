import { describe, expect, it } from 'vitest'
import { quantilePlan } from '../plans/quantile.ts'
import { appendSample, createHistory, newestStep } from '../series/history.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import { advanceDayPlan, createDayPlan, plannedFor } from './day-plan.ts'

const DAY = 96
const MAX = 100

/** A day plan at 10 a replica, after it lived through some demand. */
function lived(values: Iterable<number>, stepSeconds = 900) {
  const history = createHistory(stepSeconds, (20_000 * 86_400) / stepSeconds, 8)
  const dayPlan = createDayPlan(history, 10)
  for (const value of values) {
    appendSample(history, value)
    advanceDayPlan(dayPlan, quantilePlan(0.9), MAX)
  }
  return { dayPlan, newest: newestStep(history) }
}

const wave = syntheticDemand({
  days: 6,
  stepSeconds: 900,
  level: 100,
  swing: 50,
  noise: 2,
  seed: 1,
})

describe('the day plan', () => {
  it('covers every slot of the next day, as far as yesterday tells it, and none beyond', () => {
    const { dayPlan, newest } = lived(wave)
    expect(plannedFor(dayPlan, newest + dayPlan.outlook.horizonSteps)).not.toBeNull()
    expect(plannedFor(dayPlan, newest + dayPlan.outlook.horizonSteps + 1)).toBeNull()
    expect(dayPlan.outlook.horizonSteps).toBe(DAY)
  })

  it.each([
    { stepSeconds: 60, reach: 1437 },
    { stepSeconds: 300, reach: 287 },
    { stepSeconds: 3600, reach: 24 },
  ])('reaches $reach slots of $stepSeconds s: what a template pools is known', (of) => {
    const values = new Float64Array((3 * 86_400) / of.stepSeconds).fill(55)
    const { dayPlan, newest } = lived(values, of.stepSeconds)
    const planned = [of.reach, of.reach + 1].map((ahead) => plannedFor(dayPlan, newest + ahead))
    expect(planned).toEqual([6, null])
  })

  it('follows the day: as many replicas as its crest and its trough need', () => {
    const { dayPlan, newest } = lived(wave)
    const crest = plannedFor(dayPlan, newest + DAY / 4) ?? NaN
    const trough = plannedFor(dayPlan, newest + (3 * DAY) / 4) ?? NaN
    expect(crest).toBeGreaterThanOrEqual(15)
    expect(crest).toBeLessThanOrEqual(17)
    expect(trough).toBeGreaterThanOrEqual(5)
    expect(trough).toBeLessThanOrEqual(7)
  })

  it('expires: a slot that was planned for and is past is not the same slot of the next day', () => {
    const { dayPlan, newest } = lived(wave)
    expect(plannedFor(dayPlan, newest + 5)).not.toBeNull()
    expect(plannedFor(dayPlan, newest + 5 + DAY)).toBeNull()
    expect(plannedFor(dayPlan, newest + 5 - DAY)).toBeNull()
  })

  it('says nothing before a day of history and half a day of errors', () => {
    const { dayPlan, newest } = lived(wave.subarray(0, DAY))
    const planned = Array.from({ length: DAY }, (_, i) => plannedFor(dayPlan, newest + 1 + i))
    expect(planned.every((replicas) => replicas === null)).toBe(true)
  })

  it('never plans more than the maximum', () => {
    const { dayPlan, newest } = lived(wave.map((value) => value * 1000))
    expect(plannedFor(dayPlan, newest + 5)).toBe(MAX)
  })
})
