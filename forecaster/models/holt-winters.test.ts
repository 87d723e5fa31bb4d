import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History, newestStep } from '../series/history.ts'
import { seededNormal } from '../series/synthetic-demand.ts'
import { holtWinters } from './holt-winters.ts'

const DAY = 96
const LEAD = 4
const FIRST = 7000 * DAY
const wave = (slot: number) => 100 + 40 * Math.sin((2 * Math.PI * slot) / DAY)

function historyOf(slots: number, demand: (slot: number) => number): History {
  const history = createHistory(900, FIRST, 10)
  for (let slot = 0; slot < slots; slot++) appendSample(history, demand(slot))
  return history
}

/** Fits on the first `fitSlots` slots and forecasts from the newest; null when it cannot fit. */
function saidOf(history: History, fitSlots: number): number | null {
  const fitted = holtWinters.fit(history, FIRST + fitSlots, LEAD)
  return fitted === null ? null : holtWinters.predict(fitted, history, newestStep(history))
}

describe('holtWinters', () => {
  it.each([
    { name: 'at the end of its fit', slots: 8 * DAY },
    { name: 'six hours later', slots: 8 * DAY + 24 },
    { name: 'two days later', slots: 10 * DAY },
  ])('follows a daily wave, $name', ({ slots }) => {
    expect(saidOf(historyOf(slots, wave), 8 * DAY)).toBeCloseTo(wave(slots - 1 + LEAD), 4)
  })

  it.each([
    { name: 'a level that shifts each day', step: 20, noise: 0, smallest: 0.6, largest: 0.9 },
    { name: 'nothing but noise', step: 0, noise: 20, smallest: 0.02, largest: 0.02 },
  ])('moves its level as fast as $name asks', ({ step, noise, smallest, largest }) => {
    const normal = seededNormal(2)
    const shifted = (slot: number) => (Math.floor(slot / DAY) % 2) * step
    const history = historyOf(8 * DAY, (slot) => wave(slot) + shifted(slot) + noise * normal())
    const share = holtWinters.fit(history, FIRST + 8 * DAY, LEAD)?.weights[0]
    expect(share).toBeGreaterThanOrEqual(smallest)
    expect(share).toBeLessThanOrEqual(largest)
  })

  it('goes with growth', () => {
    const grown = (slot: number) => wave(slot) + slot / 2
    const said = saidOf(historyOf(8.75 * DAY, grown), 8.5 * DAY) ?? NaN
    expect(Math.abs(said - grown(8.75 * DAY - 1 + LEAD))).toBeLessThan(2)
  })

  it('stands still in gaps, in its fit and after it', () => {
    const lost = (slot: number) => (slot >= 3 * DAY && slot < 5 * DAY) || (slot > 780 && slot < 850)
    const history = historyOf(9 * DAY, (slot) => (lost(slot) ? NaN : wave(slot)))
    expect(saidOf(history, 8 * DAY)).toBeCloseTo(wave(9 * DAY - 1 + LEAD), 4)
  })

  it('takes a neighbour for a time of day that it never saw', () => {
    const hidden = (slot: number) => slot % DAY >= 40 && slot % DAY < 44
    const history = historyOf(8 * DAY + 38, (slot) => (hidden(slot) ? NaN : wave(slot)))
    const said = saidOf(history, 8 * DAY)
    expect(Math.abs((said ?? NaN) - wave(8 * DAY + 39))).toBeLessThan(1)
  })

  it('says nothing without the newest sample, nor of a moment before its fit', () => {
    const history = historyOf(9 * DAY, wave)
    const fitted = holtWinters.fit(history, FIRST + 8 * DAY, LEAD)
    expect(fitted && holtWinters.predict(fitted, history, FIRST + 8 * DAY - 2)).toBeNaN()
    expect(fitted && holtWinters.predict(fitted, history, FIRST + 8 * DAY - 1)).not.toBeNaN()
    appendSample(history, NaN)
    expect(fitted && holtWinters.predict(fitted, history, newestStep(history))).toBeNaN()
  })

  it.each([
    { name: 'a day and a half, less its lead', slots: 1.5 * DAY + LEAD, fits: true },
    { name: 'a day and a half', slots: 1.5 * DAY, fits: false },
    { name: 'nothing', slots: 0, fits: false },
  ])('can fit on $name: $fits', ({ slots, fits }) => {
    expect(saidOf(historyOf(slots, wave), slots) !== null).toBe(fits)
  })
})
