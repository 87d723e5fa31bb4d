import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History, newestStep } from '../series/history.ts'
import { seededNormal } from '../series/synthetic-demand.ts'
import { dayTemplateWithLevel as model } from './day-template-with-level.ts'

const DAY = 96
const LEAD = 4
const wave = (slot: number) => 100 + 40 * Math.sin((2 * Math.PI * slot) / DAY)

function historyOf(slots: number, demand: (slot: number) => number): History {
  const history = createHistory(900, 0, 10)
  for (let slot = 0; slot < slots; slot++) appendSample(history, demand(slot))
  return history
}

/** The share of the distance it learned to keep; null when it cannot fit. */
function keptOf(history: History): number | null {
  return model.fit(history, newestStep(history) + 1, LEAD)?.weights[0] ?? null
}

describe('dayTemplateWithLevel', () => {
  it('keeps all of the distance where days differ by their level', () => {
    const level = (slot: number) => 15 * (Math.floor(slot / DAY) % 3)
    const history = historyOf(8 * DAY, (slot) => wave(slot) + level(slot))
    expect(keptOf(history)).toBeGreaterThan(0.8)
  })

  it('keeps none of it where it is noise', () => {
    const normal = seededNormal(1)
    expect(keptOf(historyOf(8 * DAY, (slot) => wave(slot) + 20 * normal()))).toBeLessThan(0.15)
  })

  it.each([
    { kept: 1, said: 'the template, shifted', expected: (then: number) => then + 25 },
    { kept: 0.5, said: 'the template, shifted by half', expected: (then: number) => then + 12.5 },
    { kept: 0, said: 'the template', expected: (then: number) => then },
  ])('says $said, for a share of $kept', ({ kept, expected }) => {
    const newest = 8 * DAY + 20
    const history = historyOf(newest + 1, (slot) => wave(slot) + (slot === newest ? 25 : 0))
    const weights = Float64Array.of(kept)
    const fitted = { modelId: model.id, leadSteps: LEAD, untilStep: 0, weights }
    const said = model.predict(fitted, history, newest)
    expect(said).toBeCloseTo(expected(wave(newest + LEAD)), 3)
  })

  it('needs a day to look back on and a day of rows', () => {
    expect(keptOf(historyOf(2 * DAY - 1, wave))).toBeNull()
    expect(keptOf(historyOf(2 * DAY + LEAD, wave))).not.toBeNull()
  })

  it('says nothing without the newest sample, or further ahead than the days before tell', () => {
    const history = historyOf(8 * DAY, wave)
    const fitted = model.fit(history, newestStep(history) + 1, LEAD)
    const far = model.fit(history, newestStep(history) + 1, DAY + 1)
    expect(far && model.predict(far, history, newestStep(history))).toBeNaN()
    appendSample(history, NaN)
    expect(fitted && model.predict(fitted, history, newestStep(history))).toBeNaN()
  })
})
