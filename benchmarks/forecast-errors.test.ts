import { describe, expect, it } from 'vitest'
import { MODELS } from '../forecaster/models/registry.ts'
import { syntheticDemand } from '../forecaster/series/synthetic-demand.ts'
import { forecastErrors, MIXTURE } from './forecast-errors.ts'

const STEP_SECONDS = 900
const DAY = 96
const HORIZON = 4
/** The weekly one speaks last: a week, its first error to scale by, half a day of scaled errors, a forecast. */
const JUDGED = 2 * DAY - (DAY / 2 + 3 * HORIZON)
const WAVE = { days: 9, stepSeconds: STEP_SECONDS, level: 100, swing: 50, noise: 0, seed: 1 }

const errorsOf = (values: Float64Array) =>
  forecastErrors({ startSeconds: 0, stepSeconds: STEP_SECONDS, values }, 10, HORIZON)

describe('forecastErrors', () => {
  const wave = syntheticDemand(WAVE)

  it('judges every forecaster in the same slots', () => {
    const errors = errorsOf(wave)
    expect(errors.size).toBe(MODELS.length + 1)
    expect([...errors.keys()]).toContain(MIXTURE)
    for (const { slots } of errors.values()) expect(slots).toBe(JUDGED)
  })

  it('finds no error of yesterday where days are alike, and one of the present', () => {
    const errors = errorsOf(wave)
    expect(errors.get('seasonal-naive-day')?.absolute).toBeCloseTo(0, 3)
    // A wave of 5 replicas moves by up to 1.3 within the hour.
    const mean = (errors.get('persistence')?.absolute ?? NaN) / JUDGED
    expect(mean).toBeGreaterThan(0.5)
    expect(mean).toBeLessThan(1.3)
  })

  it('counts no slot without a sample, nor one that a forecaster could not tell', () => {
    const holed = wave.map((value, slot) => (slot === 8 * DAY ? NaN : value))
    // Gone: the slot itself, the one that the ridge tells from it, and the next that yesterday tells.
    const { slots } = errorsOf(holed).get('ridge') ?? { slots: NaN }
    expect(slots).toBe(JUDGED - 2)
  })
})
