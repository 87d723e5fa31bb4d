import { describe, expect, test } from 'vitest'

import { syntheticDemand } from '../../forecaster/series/synthetic-demand.ts'

import { recordingWorld, type WorldSettings } from './recording-world.ts'

const DAY = 86_400
const stated = { capacityPerReplica: null, peakReplicas: null, minReplicas: 1, maxReplicas: null }
const settings: WorldSettings = {
  stated,
  startUp: { medianSeconds: 180, logSd: 0 },
  warmUpSeconds: 7 * DAY,
  leastScoredSeconds: DAY,
}

function recorded(days: number, stepSeconds = 300) {
  const values = syntheticDemand({ days, stepSeconds, level: 100, swing: 50, noise: 5, seed: 1 })
  return { startSeconds: 0, stepSeconds, values }
}

test('a recording becomes a world that is scored from the end of the warm-up', () => {
  const world = recordingWorld(recorded(9), settings, 'f')
  expect(world.firstSlot).toBe(7 * 288)
  expect(world.leadSteps).toBe(1)
  expect(world.sizing.peakReplicas).toBeCloseTo(20, 6)
})

test('nothing after the warm-up changes what is assumed', () => {
  const series = recorded(9)
  const changed = {
    ...series,
    values: series.values.map((value, i) => (i < 7 * 288 ? value : 3 * value)),
  }
  expect(recordingWorld(changed, settings, 'f').sizing).toEqual(
    recordingWorld(series, settings, 'f').sizing,
  )
})

describe('refused', () => {
  const replaced = (from: number, to: number, value: number) => {
    const series = recorded(9)
    series.values.fill(value, from, to)
    return series
  }
  test.each([
    ['a day short', recorded(7.9), 'too-little', 'f: 7.9 days recorded, 8 days needed'],
    ['rows two hours apart', recorded(30, 7200), 'unusable', 'f: rows are 7200 s apart'],
    ['no demand', replaced(0, 7 * 288, 0), 'too-little', 'f: no demand in the first 7 days'],
    ['nothing known', replaced(0, 7 * 288, NaN), 'too-little', 'f: only 0 of 2016 samples'],
    [
      'a fault of the sensor',
      replaced(2100, 2101, 1e308),
      'unusable',
      'f: demand of 1e+308 at 1970-01-08T07:00',
    ],
  ])('%s', (_, series, kind, message) => {
    expect(() => recordingWorld(series, settings, 'f')).toThrow(
      expect.objectContaining({ kind, message: expect.stringContaining(message) as string }),
    )
  })

  test('not where the least scored time is waived', () => {
    const world = recordingWorld(recorded(7.1), { ...settings, leastScoredSeconds: 0 }, 'f')
    expect(world.firstSlot).toBe(2016)
  })
})
