import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History, newestStep } from '../series/history.ts'
import { seededRandom } from '../series/seeded-random.ts'
import { seededNormal, syntheticDemand } from '../series/synthetic-demand.ts'
import { ridge } from './ridge.ts'

const STEP_SECONDS = 900
const SLOTS_PER_DAY = 96
const LEAD = 3
const WAVE = { days: 9, stepSeconds: STEP_SECONDS, level: 1, swing: 0.5, noise: 0.05 }

function historyOf(values: Iterable<number>): History {
  const history = createHistory(STEP_SECONDS, 0, 10)
  for (const value of values) appendSample(history, value)
  return history
}

/** Fits on all there is and forecasts from the newest sample; null when it cannot fit. */
function forecastOf(history: History, untilStep = newestStep(history) + 1): number | null {
  const fitted = ridge.fit(history, untilStep, LEAD)
  return fitted === null ? null : ridge.predict(fitted, history, newestStep(history))
}

describe('ridge', () => {
  it('learns a daily wave', () => {
    const wave = syntheticDemand({ ...WAVE, noise: 0, seed: 1 })
    const truth = wave[8 * SLOTS_PER_DAY + 7 + LEAD] ?? NaN
    const history = historyOf(wave.subarray(0, 8 * SLOTS_PER_DAY + 8))
    expect(Math.abs((forecastOf(history) ?? NaN) - truth)).toBeLessThan(0.01)
  })

  it('foresees a short ramp that comes every day, out of a night in which nothing tells it', () => {
    const normal = seededNormal(9)
    const values = Float64Array.from({ length: 8 * SLOTS_PER_DAY + 30 }, (_, slot) => {
      const ofDay = slot % SLOTS_PER_DAY
      return (ofDay >= 32 && ofDay < 36 ? 100 : 20) + 0.2 * normal()
    })
    // The newest sample is of slot 29 of the day, so slot 32 is three ahead.
    expect(forecastOf(historyOf(values))).toBeGreaterThan(95)
  })

  it('never sees a slot from untilStep on', () => {
    const wave = syntheticDemand({ ...WAVE, seed: 3 })
    const of = fc.record({
      until: fc.integer({ min: 3 * SLOTS_PER_DAY, max: wave.length }),
      factor: fc.constantFrom(0, 3, NaN),
    })
    fc.assert(
      fc.property(of, ({ until, factor }) => {
        const changed = wave.map((value, slot) => (slot < until ? value : value * factor))
        const fitted = ridge.fit(historyOf(wave), until, LEAD)
        expect(fitted).not.toBeNull()
        expect(ridge.fit(historyOf(changed), until, LEAD)).toEqual(fitted)
        expect(ridge.fit(historyOf(wave.subarray(0, until)), until, LEAD)).toEqual(fitted)
      }),
      { numRuns: 8 },
    )
  })

  it('forecasts k times as much where demand is k times as much', () => {
    const base = forecastOf(historyOf(syntheticDemand({ ...WAVE, seed: 4 }))) ?? NaN
    expect(base).toBeGreaterThan(0.5)
    fc.assert(
      fc.property(fc.double({ min: -6, max: 9, noNaN: true }), (exponent) => {
        const factor = 10 ** exponent
        const wave = syntheticDemand({ ...WAVE, seed: 4 })
        const scaled = forecastOf(historyOf(wave.map((value) => value * factor))) ?? NaN
        expect(Math.abs(scaled / factor / base - 1)).toBeLessThan(1e-6)
      }),
      { numRuns: 12, examples: [[-6], [9]] },
    )
  })

  it('says nothing without the newest sample', () => {
    const history = historyOf(syntheticDemand({ ...WAVE, seed: 5 }))
    const fitted = ridge.fit(history, newestStep(history) + 1, LEAD)
    appendSample(history, NaN)
    expect(fitted && ridge.predict(fitted, history, newestStep(history))).toBeNaN()
  })

  it('needs a day to look back on and a day of rows', () => {
    const wave = syntheticDemand({ ...WAVE, seed: 6 })
    expect(forecastOf(historyOf(wave.subarray(0, 2 * SLOTS_PER_DAY - 1)))).toBeNull()
    expect(forecastOf(historyOf(wave.subarray(0, 2 * SLOTS_PER_DAY)))).not.toBeNull()
    expect(forecastOf(historyOf(wave.map(() => NaN)))).toBeNull()
    expect(ridge.fit(historyOf(wave), -5, LEAD)).toBeNull()
  })

  it('learns in spite of gaps', () => {
    const uniform = seededRandom(7)
    const wave = syntheticDemand({ ...WAVE, noise: 0, seed: 7 })
    const holed = wave.map((value) => (uniform() < 0.3 ? NaN : value))
    const newest = 8 * SLOTS_PER_DAY + 7
    holed[newest] = wave[newest] ?? NaN
    const said = forecastOf(historyOf(holed.subarray(0, newest + 1))) ?? NaN
    expect(Math.abs(said - (wave[newest + LEAD] ?? NaN))).toBeLessThan(0.03)
  })
})
