import { describe, expect, test } from 'vitest'

import { compareAt, geometricMean, ratioAt } from './equal-violations.ts'
import { cheapest, fleetSettings } from './one-setting.ts'
import type { Point, TraceScore } from './score-trace.ts'

function point(violationPercent: number, costRatio: number): Point {
  return { violationPercent, costRatio, demandShortPercent: 0, scaleEventsPerDay: 0 }
}

function score(foresail: Point[], hpa: Point[]): TraceScore {
  return {
    trace: 't',
    isPeriodic: true,
    foresail,
    hpa,
    budgets: [],
    foresailDefault: point(0, 1),
    hpaDefault: point(0, 1),
  }
}

test('cost at a share of time is read off between settings, as the scorer does', () => {
  const points = [point(0.5, 4), point(1.5, 1), point(1, 5), point(3, 1.2)]
  expect(ratioAt(points, 1)).toBeCloseTo(2, 12)
  expect(ratioAt(points, 5)).toBe(1)
  expect(ratioAt(points, 0.1)).toBeNull()
})

test('means are over the traces that both reach; reach is counted for each', () => {
  const scores = [
    score([point(0, 1)], [point(0, 2)]),
    score([point(0, 4)], [point(0, 2)]),
    score([point(0, 9)], [point(3, 1)]),
    score([point(0, 2)], [point(0, 2.02)]),
  ]
  const compared = compareAt(scores, 1)
  expect(compared).toMatchObject({
    ...{ bothReach: 3, foresailReaches: 4, hpaReaches: 3 },
    ...{ cheaper: 1, tied: 1, dearer: 1 },
  })
  expect(compared.foresail).toBeCloseTo(2, 12)
  expect(compared.hpa).toBeCloseTo((2 * 2 * 2.02) ** (1 / 3), 12)
})

test('nobody reaches it', () => {
  const compared = compareAt([score([point(2, 1)], [point(2, 1)])], 1)
  expect(compared).toMatchObject({ foresail: null, hpa: null, bothReach: 0 })
  expect(geometricMean([])).toBeNull()
})

describe('one setting for all traces', () => {
  const settings = fleetSettings([
    [point(0.2, 4), point(2, 1)],
    [point(0.8, 1), point(0.4, 1)],
  ])

  test('averages over every trace', () => {
    expect(settings).toEqual([
      { index: 0, meanViolationPercent: 0.5, keptPercent: 100, costRatio: 2 },
      { index: 1, meanViolationPercent: 1.2, keptPercent: 50, costRatio: 1 },
    ])
  })

  test.each([
    [0.5, 0],
    [2, 1],
    [0.1, undefined],
  ])('cheapest at a mean of %s %%', (mean, index) => {
    const found = cheapest(settings, ({ meanViolationPercent }) => meanViolationPercent <= mean)
    expect(found?.index).toBe(index)
  })
})
