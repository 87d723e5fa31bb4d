import { describe, expect, test } from 'vitest'

import { syntheticDemand } from '../../../forecaster/series/synthetic-demand.ts'

import { describeRecording } from './describe-recording.ts'
import { formatTable } from './format-table.ts'

const DAY = 86_400

function table(values: Float64Array, stepSeconds: number): string {
  const recording = describeRecording({ startSeconds: 1_767_225_600, stepSeconds, values })
  const file = { file: 'f', kind: 'recording' as const, ok: true, findings: [], scalers: [] }
  return formatTable({
    format: 'foresail-check/1',
    version: '0',
    files: [{ ...file, recording }],
  })
}

function wave(days: number, stepSeconds: number, noise = 2): Float64Array {
  return syntheticDemand({ days, stepSeconds, level: 100, swing: 60, noise, seed: 3 })
}

test('a recording of a daily rhythm, as a whole', () => {
  const values = wave(14, 300)
  values.fill(NaN, 500, 520)
  values.fill(NaN, 900, 901)
  values.fill(0, 1000, 1002)
  expect(table(values, 300)).toBe(`f: ok: a recording
  span        14 d, 2026-01-01 00:00 to 2026-01-15 00:00 UTC, a sample every 5 m
  samples     21 of 4,032 missing: 2 gaps, the longest 1 h 40 m from 2026-01-02 17:40
  values      0 to 166.9, median 100.5; 0.05 % of them zero
  backtest    long enough: 7 d to learn from, the rest to judge by
  periods     1 d: clear, 99.3 % repeats
  predicting  can pay, demand comes again: "foresail backtest" says how much
`)
})

describe('in other recordings', () => {
  const weekend = (values: Float64Array) =>
    values.map((value, i) => (Math.floor(i / 288) % 7 < 5 ? value : value / 3))
  const random = syntheticDemand({
    days: 14,
    stepSeconds: 300,
    level: 50,
    swing: 0,
    noise: 9,
    seed: 5,
  })
  test.each([
    [
      'a week',
      weekend(wave(28, 300)),
      300,
      /periods {5}1 d: clear, .*; 7 d: clear, [\d.]+ % of what the day leaves repeats\n/,
    ],
    [
      'no week yet',
      wave(9, 300),
      300,
      /1 d: clear, 99.* % repeats; 7 d: not judged \(needs 14 days/,
    ],
    [
      'chance',
      random,
      300,
      /periods {5}none repeats(?:;.*)?\n.*predicting {2}not predictable by clock/,
    ],
    [
      'too few days',
      wave(2, 300),
      300,
      /1 d: not judged \(needs 4 days.*\n.*\n.*not known: too little/,
    ],
    [
      'days enough to see, not to replay',
      wave(6, 300),
      300,
      /comes again: a recording that backtest/,
    ],
    ['a constant', new Float64Array(3000).fill(5), 300, /nothing to predict: demand never changes/],
    ['nothing', new Float64Array(3000).fill(NaN), 300, /values {6}none is known\n[^]*no sample/],
    ['few samples', wave(5, 300), 300, /too short: 5 d of the 8 d that it needs/],
    ['a coarse step', wave(20, DAY / 8), DAY / 8, /too coarse: a sample every 3 h does not/],
  ])('%s', (_, values, stepSeconds, words) => {
    expect(table(values, stepSeconds)).toMatch(words)
  })
})
