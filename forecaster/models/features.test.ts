import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History, newestStep } from '../series/history.ts'
import { FEATURES, templateWithLevel, writeFeatures } from './features.ts'

const STEP_SECONDS = 900
const SLOTS_PER_DAY = 96

function historyOf(length: number, valueOf: (slot: number) => number): History {
  const history = createHistory(STEP_SECONDS, 0, 8)
  for (let slot = 0; slot < length; slot++) appendSample(history, valueOf(slot))
  return history
}

function featuresOf(history: History, nowStep: number, leadSteps: number): number[] | null {
  const row = new Float64Array(FEATURES).fill(-1)
  return writeFeatures(history, nowStep, leadSteps, row, 0) ? Array.from(row) : null
}

describe('writeFeatures', () => {
  it('says one, and twelve views of demand: alike where demand never changes', () => {
    const history = historyOf(3 * SLOTS_PER_DAY, () => 8)
    const row = featuresOf(history, newestStep(history), 3)
    expect(row).toEqual([1, ...Array.from({ length: FEATURES - 1 }, () => 8)])
  })

  it('says where the day stands and where it heads', () => {
    // Demand is the time of day in slots, so each view tells which slots it looked at.
    const history = historyOf(3 * SLOTS_PER_DAY + 41, (slot) => slot % SLOTS_PER_DAY)
    const row = featuresOf(history, newestStep(history), 3)
    const means = { short: 40, quarter: 40, half: 39.5, long: 36.5 }
    const template = { now: 40, then: 43 }
    expect(row?.slice(0, 6)).toEqual([1, 40, means.short, means.quarter, means.half, means.long])
    expect(row?.slice(6, 8)).toEqual([template.now, template.then])
    expect(row?.[8]).toBeCloseTo(template.now, 4)
    expect(row?.[9]).toBeCloseTo(template.then, 4)
    expect(row?.slice(10)).toEqual([43, 43, 42.5])
  })

  it('writes at the offset and nowhere else', () => {
    const history = historyOf(2 * SLOTS_PER_DAY, () => 8)
    const row = new Float64Array(3 * FEATURES).fill(-1)
    expect(writeFeatures(history, newestStep(history), 3, row, FEATURES)).toBe(true)
    expect(row.subarray(0, FEATURES).every((value) => value === -1)).toBe(true)
    expect(row.subarray(FEATURES, 2 * FEATURES).every((value) => value >= 0)).toBe(true)
    expect(row.subarray(2 * FEATURES).every((value) => value === -1)).toBe(true)
  })

  it('is impossible without the newest sample', () => {
    const newest = 3 * SLOTS_PER_DAY - 1
    const history = historyOf(newest + 1, (slot) => (slot === newest ? NaN : 8))
    expect(featuresOf(history, newest, 3)).toBeNull()
    expect(featuresOf(history, newest + 1, 3)).toBeNull()
    expect(featuresOf(history, newest - 1, 3)).not.toBeNull()
  })

  it('takes the next best view for one that is missing, never NaN', () => {
    const rows = [
      historyOf(5, () => 8),
      historyOf(2 * SLOTS_PER_DAY, (slot) => (slot % 7 === 0 ? 8 : NaN)),
      historyOf(3 * SLOTS_PER_DAY, (slot) => (slot < 2 * SLOTS_PER_DAY + 90 ? NaN : 8)),
    ].map((history) => {
      let step = newestStep(history)
      while (step > 0 && featuresOf(history, step, 3) === null) step--
      return featuresOf(history, step, 3)
    })
    for (const row of rows) expect(row?.slice(1)).toEqual(Array.from({ length: 12 }, () => 8))
  })

  it('sees nothing after the slot it speaks from', () => {
    const calm = historyOf(4 * SLOTS_PER_DAY, (slot) => slot % 17)
    const wild = historyOf(4 * SLOTS_PER_DAY, (slot) => (slot > 300 ? 1e6 : slot % 17))
    for (const leadSteps of [1, 3, 20]) {
      expect(featuresOf(wild, 300, leadSteps)).toEqual(featuresOf(calm, 300, leadSteps))
    }
  })
})

describe('templateWithLevel', () => {
  it.each([
    { name: 'the template, where demand is where the template is', level: 40, said: 43 },
    { name: 'the template shifted, where demand lies above it', level: 50, said: 53 },
    { name: 'the template shifted, where demand lies below it', level: 10, said: 13 },
  ])('says $name', ({ level, said }) => {
    const values = (slot: number) => (slot < 3 * SLOTS_PER_DAY ? slot % SLOTS_PER_DAY : level)
    const history = historyOf(3 * SLOTS_PER_DAY + 41, values)
    const row = new Float64Array(2 * FEATURES)
    writeFeatures(history, newestStep(history), 3, row, FEATURES)
    expect(templateWithLevel(row, FEATURES)).toBe(said)
  })
})
