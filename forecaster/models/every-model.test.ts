import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History, newestStep } from '../series/history.ts'
import { seededRandom } from '../series/seeded-random.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import type { Model } from './model.ts'
import { MODELS } from './registry.ts'

/** What holds for every forecaster, whatever it learns. */

const DAY = 96
const FIRST = 20_000 * DAY
const LEAD = 3
const WAVE = { days: 9, stepSeconds: 900, level: 100, swing: 50, noise: 5, seed: 1 }

function historyOf(values: Iterable<number>): History {
  const history = createHistory(900, FIRST, 10)
  for (const value of values) appendSample(history, value)
  return history
}

/** Fits on all but the newest six hours and forecasts from the newest slot; null when it cannot fit. */
function forecastOf(model: Model, history: History): number | null {
  const fitted = model.fit(history, newestStep(history) + 1 - DAY / 4, LEAD)
  return fitted === null ? null : model.predict(fitted, history, newestStep(history))
}

describe.each(MODELS.map((model) => ({ model, id: model.id })))('$id', ({ model, id }) => {
  const wave = syntheticDemand(WAVE)
  const until = FIRST + wave.length

  it('signs its fits', () => {
    const fitted = model.fit(historyOf(wave), until, LEAD)
    expect(fitted).toMatchObject({ modelId: id, leadSteps: LEAD, untilStep: until })
  })

  it('forecasts a daily wave to within half its swing', () => {
    const forecast = forecastOf(model, historyOf(wave.subarray(0, wave.length - LEAD))) ?? NaN
    expect(Math.abs(forecast - (wave.at(-1) ?? NaN))).toBeLessThan(WAVE.swing / 2)
  })

  it('gives the same bytes twice, and after crossing to a worker and back', () => {
    const history = historyOf(wave)
    const fitted = model.fit(history, until, LEAD)
    expect(fitted).not.toBeNull()
    expect(model.fit(structuredClone(history), until, LEAD)).toEqual(fitted)
    if (fitted === null) return
    const said = model.predict(fitted, history, until - 1)
    expect(model.predict(structuredClone(fitted), structuredClone(history), until - 1)).toBe(said)
    expect(model.predict(fitted, history, until - 1)).toBe(said)
  })

  it('sees nothing from the slot on up to which it is asked', () => {
    const of = fc.record({
      cut: fc.integer({ min: 8 * DAY, max: wave.length - 1 }),
      factor: fc.constantFrom(0, 3, NaN),
    })
    const [history, fitOn] = [historyOf(wave), FIRST + 8 * DAY]
    fc.assert(
      fc.property(of, ({ cut, factor }) => {
        const changed = wave.map((value, slot) => (slot < cut ? value : value * factor))
        const fitted = model.fit(history, fitOn, LEAD)
        expect(model.fit(historyOf(changed), fitOn, LEAD)).toEqual(fitted)
        if (fitted === null) return
        const now = FIRST + cut - 1
        const said = model.predict(fitted, history, now)
        expect(model.predict(fitted, historyOf(changed), now)).toBe(said)
        expect(model.predict(fitted, historyOf(wave.subarray(0, cut)), now)).toBe(said)
      }),
      { numRuns: 8 },
    )
  })

  it('forecasts k times as much where demand is k times as much', () => {
    const base = forecastOf(model, historyOf(wave)) ?? NaN
    expect(base).toBeGreaterThan(20)
    for (const factor of [1e-6, 1e9]) {
      const scaled = forecastOf(model, historyOf(wave.map((value) => value * factor))) ?? NaN
      expect(Math.abs(scaled / factor / base - 1)).toBeLessThan(1e-5)
    }
  })

  it.each([0, 1e-6, 1, 3.3, 1e9])('says %d where demand never was anything else', (level) => {
    const said = forecastOf(model, historyOf(new Float64Array(9 * DAY).fill(level))) ?? NaN
    expect(Math.abs(said - level)).toBeLessThanOrEqual(1e-6 * level)
  })

  it('never forecasts less than nothing', () => {
    const falling = Float64Array.from({ length: 9 * DAY }, (_, slot) => Math.max(0, 800 - slot))
    expect(forecastOf(model, historyOf(falling))).toBeGreaterThanOrEqual(0)
  })

  it('knows nothing from nothing', () => {
    expect(forecastOf(model, historyOf([])) ?? NaN).toBeNaN()
    expect(forecastOf(model, historyOf(wave.map(() => NaN))) ?? NaN).toBeNaN()
    expect(model.fit(historyOf(wave), FIRST - 5, LEAD)?.weights.length ?? 0).toBe(0)
  })

  it('says a number or nothing in spite of gaps, never an infinite one', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 0.9, noNaN: true }), (seed, share) => {
        const uniform = seededRandom(seed)
        const holed = wave.map((value) => (uniform() < share ? NaN : value))
        const said = forecastOf(model, historyOf(holed)) ?? NaN
        expect(Number.isNaN(said) || (said >= 0 && said < 500)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})
