import { describe, expect, it } from 'vitest'

import { syntheticDemand } from '../forecaster/series/synthetic-demand.ts'

import { originsOf, sameTimeYesterday, scoreDayAhead } from './day-ahead-score.ts'

const DAY = 288
const made = { stepSeconds: 300, level: 100, swing: 60, noise: 8, seed: 3 }

function traceOf(values: Float64Array) {
  return { name: 't', file: 't', series: { startSeconds: 0, stepSeconds: 300, values } }
}

describe('originsOf', () => {
  const hours = (days: number, count: number, gap?: readonly [from: number, to: number]) => {
    const values = new Float64Array(days * DAY)
    if (gap !== undefined) values.fill(NaN, gap[0] * DAY, gap[1] * DAY)
    return originsOf(traceOf(values).series, count).map((slot) => slot / 12)
  }
  it.each([
    { name: 'two weeks', days: 16, count: 4, at: [168, 222, 300, 354] },
    { name: 'four days', days: 11, count: 4, at: [168, 198, 204, 234] },
    { name: 'one day to judge', days: 8, count: 4, at: [168] },
    { name: 'one origin', days: 16, count: 1, at: [168] },
  ])('spreads over $name, at different times of day', ({ days, count, at }) => {
    expect(hours(days, count)).toEqual(at)
  })

  it('takes no day that is a gap', () => {
    expect(hours(16, 4, [9, 12])).toEqual([168, 198, 300, 354])
  })
})

describe('sameTimeYesterday', () => {
  it('is yesterday, and on top the quantile of what yesterday was wrong by', () => {
    // A hundred slots a day; the second day lies 1, 2, ..., 100 above the first.
    const known = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : i - 99))
    const [q95, q99] = sameTimeYesterday(known, 100)
    expect(q95?.[0]).toBe(1 + 95)
    expect(q99?.[49]).toBe(50 + 99)
  })

  it('is unknown where yesterday is, and never below zero', () => {
    const known = Float64Array.of(50, 50, 50, 0, NaN, 10)
    const [q95] = sameTimeYesterday(known, 3)
    expect([...(q95 ?? [])]).toEqual([0, NaN, 0])
  })
})

describe('scoreDayAhead', () => {
  const trace = traceOf(syntheticDemand({ ...made, days: 12 }))
  const origins = originsOf(trace.series, 4)

  it('finds a steady day easier than same time yesterday does, and keeps its promise', () => {
    const score = scoreDayAhead(trace, origins)
    expect(score).toMatchObject({ trace: 't', origins: 4, slots: 4 * DAY, withoutForecast: 0 })
    for (const ratio of score.lossRatio) expect(ratio).toBeLessThan(0.85)
    expect(score.coverage[0]).toBeGreaterThan(0.93)
    expect(score.coverage[0]).toBeLessThan(0.98)
    expect(score.coverage[1]).toBeGreaterThan(score.coverage[0] ?? NaN)
  })

  it('has a loss that is the same in any unit', () => {
    const scaled = traceOf(trace.series.values.map((value) => value * 1024))
    const { lossRatio } = scoreDayAhead(trace, origins)
    for (const [p, ratio] of scoreDayAhead(scaled, origins).lossRatio.entries()) {
      expect(ratio).toBeCloseTo(lossRatio[p] ?? NaN, 4)
    }
  })

  it('sees seven days before an origin and the day after it, and nothing else', () => {
    const [, origin = NaN] = origins
    const seen = trace.series.values.map((value, slot) =>
      slot >= origin - 7 * DAY && slot < origin + DAY ? value : 1e9,
    )
    const whole = scoreDayAhead(trace, [origin])
    const { milliseconds } = whole
    expect({ ...scoreDayAhead(traceOf(seen), [origin]), milliseconds }).toEqual(whole)
  })

  it('leaves out what has no yesterday, and counts what has no forecast', () => {
    const values = trace.series.values.slice()
    // The first hour of the day: unknown on every day but yesterday. The second: unknown yesterday.
    for (let day = 0; day < 6; day++) values.fill(NaN, day * DAY, day * DAY + 12)
    values.fill(NaN, 6 * DAY + 12, 6 * DAY + 24)
    const score = scoreDayAhead(traceOf(values), [7 * DAY])
    expect(score).toMatchObject({ slots: DAY - 24, withoutForecast: 12 })
  })

  it('has no ratio where yesterday loses nothing', () => {
    const { lossRatio } = scoreDayAhead(traceOf(new Float64Array(8 * DAY)), [7 * DAY])
    expect(lossRatio).toEqual([NaN, NaN])
  })
})
