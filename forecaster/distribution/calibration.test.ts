import { describe, expect, it } from 'vitest'
import { seededNormal } from '../series/synthetic-demand.ts'
import { createCalibration, expectError, isCalibrated, observeOutcome } from './calibration.ts'
import { exceedanceAt, LEVELS, scoreAt } from './tail.ts'

const STEP_SECONDS = 900
const DAY = 96
const CENTRE = 100
const FLOOR = 1

/** A forecaster that always says CENTRE, and a world that strays from it by independent noise. */
function createTrial(leadSteps: number, seed: number) {
  const calibration = createCalibration(STEP_SECONDS, DAY, leadSteps)
  const normal = seededNormal(seed)
  const bounds = new Map<number, number>()
  let step = 1_000_000
  /** Lives through some days and tells the share of slots within the asked quantile. */
  const live = (days: number, deviation: number, asked = 0.95): number => {
    let within = 0
    let counted = 0
    for (const until = step + days * DAY; step < until; step++) {
      const value = CENTRE + deviation * normal()
      observeOutcome(calibration, step, value)
      const bound = bounds.get(step)
      bounds.delete(step)
      if (bound !== undefined) {
        counted++
        if (value <= bound) within++
      }
      const scale = expectError(calibration, step + leadSteps, CENTRE, FLOOR)
      if (isCalibrated(calibration)) {
        const score = scoreAt(calibration.quantiles, 1 - asked)
        bounds.set(step + leadSteps, CENTRE + scale * score)
      }
    }
    return within / counted
  }
  const gap = (slots: number) => {
    for (const until = step + slots; step < until; step++) observeOutcome(calibration, step, NaN)
  }
  return { calibration, live, gap }
}

const trials = [1, 4, 9].flatMap((leadSteps) => [1, 2, 3].map((seed) => ({ leadSteps, seed })))

describe('calibration', () => {
  it.each(trials)('keeps 0.95 on independent noise: lead $leadSteps, seed $seed', (trial) => {
    const share = createTrial(trial.leadSteps, trial.seed).live(100, 5)
    expect(share).toBeGreaterThan(0.94)
    expect(share).toBeLessThan(0.96)
  })

  it.each([0.5, 0.9, 0.99])('keeps %d as well', (asked) => {
    expect(createTrial(4, 7).live(100, 5, asked)).toBeCloseTo(asked, 2)
  })

  it.each(trials)('recovers when noise triples: lead $leadSteps, seed $seed', (trial) => {
    const { live } = createTrial(trial.leadSteps, trial.seed)
    live(30, 5)
    expect(live(1, 15)).toBeLessThan(0.95)
    const week = live(6, 15)
    expect(week).toBeGreaterThan(0.92)
    const share = live(60, 15)
    expect(share).toBeGreaterThan(0.94)
    expect(share).toBeLessThan(0.96)
  })

  it('recovers when noise is a third', () => {
    const { live } = createTrial(4, 5)
    live(30, 15)
    live(7, 5)
    expect(live(60, 5)).toBeCloseTo(0.95, 2)
  })

  it('is not worth reading before half a day of errors', () => {
    const { calibration, live } = createTrial(4, 1)
    live(0.5, 5)
    expect(calibration.scores.pushed).toBeLessThan(DAY / 2)
    expect(isCalibrated(calibration)).toBe(false)
    // Errors begin a lead after the first forecast, scaled ones a lead after the first error.
    live(8 / DAY, 5)
    expect(isCalibrated(calibration)).toBe(true)
  })

  it('reads its levels as ranks of (n + 1) scaled errors, never beyond the largest', () => {
    const calibration = createCalibration(STEP_SECONDS, DAY, 1)
    const normal = seededNormal(6)
    const scores: number[] = []
    let scale = expectError(calibration, 1000, CENTRE, FLOOR)
    for (let step = 1000; scores.length < 41; step++) {
      const value = CENTRE + 5 * normal()
      observeOutcome(calibration, step, value)
      if (scale > 0) scores.push((value - CENTRE) / scale)
      scale = expectError(calibration, step + 1, CENTRE, FLOOR)
    }
    const sorted = scores.toSorted((a, b) => a - b)
    const levels = { 0: 5, 8: 21, 16: 38, 40: 41 }
    for (const [level, rank] of Object.entries(levels)) {
      expect(calibration.quantiles[Number(level)]).toBeCloseTo(sorted[rank - 1] ?? NaN, 1)
    }
  })

  it('stands still in a gap', () => {
    const { calibration, live, gap } = createTrial(4, 2)
    live(3, 5)
    const before = structuredClone(calibration)
    gap(500)
    expect(calibration).toEqual(before)
  })

  it('takes an outcome for nothing where no forecast was made for it', () => {
    const calibration = createCalibration(STEP_SECONDS, DAY, 2)
    expectError(calibration, 12, CENTRE, FLOOR)
    for (const step of [8, 11, 13, 16]) observeOutcome(calibration, step, 150)
    expect(calibration.scale.observed).toBe(0)
    observeOutcome(calibration, 12, 150)
    expect(calibration.scale.observed).toBe(1)
  })

  it('learns nothing from an idle workload, and no NaN either', () => {
    const calibration = createCalibration(STEP_SECONDS, DAY, 2)
    for (let step = 1000; step < 1300; step++) {
      observeOutcome(calibration, step, 0)
      expectError(calibration, step + 2, 0, 0)
    }
    expect(calibration.scores.pushed).toBe(0)
    expect(calibration.quantiles.every((quantile) => quantile === 0)).toBe(true)
  })

  it('has levels that ascend, whatever the trackers did', () => {
    const { calibration, live } = createTrial(1, 3)
    for (const deviation of [5, 50, 1, 200]) {
      live(2, deviation)
      for (let i = 1; i < LEVELS; i++) {
        expect(calibration.quantiles[i]).toBeGreaterThanOrEqual(calibration.quantiles[i - 1] ?? NaN)
      }
    }
    const { quantiles } = calibration
    expect(exceedanceAt(quantiles, scoreAt(quantiles, 0.01))).toBeLessThanOrEqual(0.01 + 1e-9)
  })

  it('goes on the same after it crossed to a worker and back', () => {
    const { calibration, live } = createTrial(4, 4)
    live(10, 5)
    const clone = structuredClone(calibration)
    for (const copy of [calibration, clone]) {
      expectError(copy, 5_000_004, CENTRE, FLOOR)
      observeOutcome(copy, 5_000_004, 123)
    }
    expect(clone).toEqual(calibration)
  })
})
