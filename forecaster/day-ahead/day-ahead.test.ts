import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History } from '../series/history.ts'
import { seededNormal, syntheticDemand } from '../series/synthetic-demand.ts'
import { type DayAhead, demandOnDay, fitDayAhead, nextBlock } from './day-ahead.ts'

const DAY = 96
const FIRST = 20_000 * DAY
const CAPACITY = 10

function historyOf(values: Iterable<number>, stepSeconds = 900): History {
  const history = createHistory(stepSeconds, (FIRST * 900) / stepSeconds, 9)
  for (const value of values) appendSample(history, value)
  return history
}

/** Fitted on all of these samples. */
function fitted(values: ArrayLike<number>, stepSeconds = 900): DayAhead | null {
  const history = historyOf(Array.from(values), stepSeconds)
  return fitDayAhead(history, history.firstStep + history.length, CAPACITY)
}

function quantileAt(dayAhead: DayAhead | null, slot: number, probability: number): number {
  const demand = dayAhead === null ? null : demandOnDay(dayAhead, FIRST + slot)
  return demand?.quantile(probability) ?? NaN
}

const wave = syntheticDemand({
  days: 9,
  stepSeconds: 900,
  level: 100,
  swing: 50,
  noise: 4,
  seed: 1,
})

describe('fitDayAhead', () => {
  it('follows the day', () => {
    const dayAhead = fitted(wave)
    const median = (slot: number) => quantileAt(dayAhead, 9 * DAY + slot, 0.5)
    expect(median(DAY / 4)).toBeGreaterThan(14)
    expect(median(DAY / 4)).toBeLessThan(16)
    expect(median((3 * DAY) / 4)).toBeGreaterThan(4)
    expect(median((3 * DAY) / 4)).toBeLessThan(6)
  })

  it('knows nothing that came at or after the slot it learns up to', () => {
    const until = FIRST + 8 * DAY
    const before = fitDayAhead(historyOf(wave), until, CAPACITY)
    const changed = wave.map((value, slot) => (slot < 8 * DAY ? value : 3 * value))
    expect(fitDayAhead(historyOf(changed), until, CAPACITY)).toEqual(before)
    expect(fitDayAhead(historyOf(wave.subarray(0, 8 * DAY)), until, CAPACITY)).toEqual(before)
  })

  it.each([
    { name: 'no samples', values: [] },
    { name: 'only gaps', values: wave.map(() => NaN) },
    { name: 'a single day', values: wave.subarray(0, DAY) },
  ])('is null with $name', ({ values }) => {
    expect(fitted(values)).toBeNull()
  })

  it('crosses to a worker and back in less than 40 kB, at a step of 60 s', () => {
    const dayAhead = fitted(new Float64Array(7 * 1440).fill(30), 60)
    expect(structuredClone(dayAhead)).toEqual(dayAhead)
    expect(dayAhead?.quantiles.byteLength).toBeLessThan(40_000)
  })

  it('is the same in any unit', () => {
    const plain = fitted(wave)
    const scaled = fitDayAhead(
      historyOf(wave.map((value) => value * 1e6)),
      FIRST + wave.length,
      CAPACITY * 1e6,
    )
    for (let slot = 0; slot < DAY; slot++) {
      expect(quantileAt(scaled, slot, 0.95)).toBeCloseTo(quantileAt(plain, slot, 0.95), 5)
    }
  })
})

describe('demandOnDay', () => {
  it.each([
    { name: 'noise within the day', dayNoise: 0, slotNoise: 10, least: 0.94 },
    { name: 'days that differ, and noise', dayNoise: 6, slotNoise: 6, least: 0.94 },
    // Seven whole days are few to learn a tail from.
    { name: 'days that differ as a whole', dayNoise: 10, slotNoise: 1, least: 0.89 },
  ])('holds what it promises of the next day, over many weeks: $name', (of) => {
    const normal = seededNormal(7)
    let within = 0
    const weeks = 60
    for (let week = 0; week < weeks; week++) {
      const days = Array.from({ length: 8 }, () => of.dayNoise * normal())
      const values = days.flatMap((day) =>
        Array.from({ length: DAY }, () => 200 + day + of.slotNoise * normal()),
      )
      const dayAhead = fitted(values.slice(0, 7 * DAY))
      for (let slot = 7 * DAY; slot < 8 * DAY; slot++) {
        if ((values[slot] ?? NaN) <= CAPACITY * quantileAt(dayAhead, slot, 0.95)) within++
      }
    }
    expect(within / (weeks * DAY)).toBeGreaterThan(of.least)
    expect(within / (weeks * DAY)).toBeLessThan(0.98)
  })

  it('exceeds a quantile with no more than the rest of the chance, and anything less with more', () => {
    const dayAhead = fitted(wave)
    const slot = fc.integer({ min: 0, max: 3 * DAY })
    const probability = fc.double({ min: 0.02, max: 0.9999, noNaN: true })
    fc.assert(
      fc.property(slot, probability, (at, asked) => {
        const demand = dayAhead === null ? null : demandOnDay(dayAhead, FIRST + at)
        const replicas = demand?.quantile(asked) ?? NaN
        expect(demand?.exceed(replicas)).toBeLessThanOrEqual(1 - asked + 1e-6)
        expect(demand?.exceed(replicas - 1e-3)).toBeGreaterThanOrEqual(1 - asked - 1e-6)
      }),
    )
  })

  it('needs no more than what was always enough', () => {
    const dayAhead = fitted(new Float64Array(7 * DAY).fill(50))
    const demand = dayAhead === null ? null : demandOnDay(dayAhead, FIRST)
    expect(demand?.exceed(5)).toBeLessThan(1e-3)
    expect(demand?.exceed(4)).toBe(1)
  })

  it('does not rule out that demand stays where it is now', () => {
    const launched = new Float64Array(7 * DAY)
    launched.fill(300, 7 * DAY - 4)
    const quiet = new Float64Array(7 * DAY)
    for (let slot = 0; slot < DAY; slot++) {
      expect(quantileAt(fitted(launched), slot, 0.95)).toBeGreaterThan(25)
      expect(quantileAt(fitted(quiet), slot, 0.95)).toBe(0)
    }
  })

  it('is null at a time of day that is not known, and only there', () => {
    const holed = wave.slice()
    for (let day = 0; day < 9; day++) holed.fill(NaN, day * DAY + 40, day * DAY + 44)
    const dayAhead = fitted(holed)
    const known = Array.from({ length: DAY }, (_, slot) => {
      return !Number.isNaN(quantileAt(dayAhead, slot, 0.9))
    })
    expect(known.flatMap((is, slot) => (is ? [] : [slot]))).toEqual([40, 41, 42, 43])
  })

  it('does without a present level where the newest samples are missing', () => {
    const values = wave.slice()
    values.fill(NaN, values.length - 2)
    const dayAhead = fitted(values)
    expect(dayAhead?.levelError).toBeNaN()
    expect(quantileAt(dayAhead, 0, 0.5)).toBeGreaterThan(9)
  })
})

describe('nextBlock', () => {
  it.each([
    { name: 'from the start of a block', step: 1440, next: 1450 },
    { name: 'from within', step: 1447, next: 1450 },
    { name: 'over midnight', step: 2875, next: 2880 },
  ])('$name: $next', ({ step, next }) => {
    const dayAhead = fitted(new Float64Array(2 * 1440).fill(30), 60)
    expect(dayAhead === null ? null : nextBlock(dayAhead, step)).toBe(next)
  })

  it('begins a new block at midnight, even where the last one is cut short', () => {
    // 1441 slots of 59.96 s: the last block of the day has one slot.
    const stepSeconds = 86_400 / 1441
    const dayAhead = fitted(new Float64Array(3 * 1441).fill(30), stepSeconds)
    expect(dayAhead === null ? null : nextBlock(dayAhead, 1440)).toBe(1441)
  })
})
