import { describe, expect, test } from 'vitest'

import type { ThresholdResult } from './report.ts'
import type { ThresholdMetric } from './threshold-metrics.ts'
import { actualWords, evaluate, missedWords, type Threshold } from './thresholds.ts'

function asked(operator: Threshold['operator'], value: number, actual: number | null): Threshold {
  const metric: ThresholdMetric = {
    name: 'violations',
    unit: 'percent',
    needs: [],
    meaning: '',
    valueOf: () => actual,
  }
  return { text: `violations${operator}${value}%`, metric, operator, value }
}

/** Only whether anything is scored matters to these metrics. */
function measured(scoredSteps: number) {
  const assumptions = { scoredSteps } as Parameters<typeof evaluate>[1]['assumptions']
  return { assumptions, policies: [], savings: [], coverage: [] }
}

describe('evaluate', () => {
  test.each([
    ['<=', 1, true],
    ['<', 1, false],
    ['>=', 1, true],
    ['>', 1, false],
    ['<=', 0.99, false],
    ['>', 0.99, true],
  ] as const)('1 %s %s is %s', (operator, value, met) => {
    const [result] = evaluate([asked(operator, value, 1)], measured(1))
    expect(result).toMatchObject({ actual: 1, met })
  })

  test('what is not known is missed', () => {
    expect(evaluate([asked('<=', 1, null)], measured(1))[0]).toMatchObject({ met: false })
  })

  test('nothing is known where nothing is scored', () => {
    const [result] = evaluate([asked('<=', 1, 0)], measured(0))
    expect(result).toMatchObject({ actual: null, met: false })
  })
})

const result = (metric: string, actual: number | null, met = false): ThresholdResult => ({
  threshold: `${metric}<1`,
  metric,
  actual,
  met,
})

test.each([
  ['violations', 1.0001, '1.0001 %'],
  ['longest_shortage', 90, '1 m 30 s'],
  ['replica_hours', 12_345.678, '12,345.7'],
  ['violations', null, 'not known'],
])('%s of %s is written %s', (metric, actual, words) => {
  expect(actualWords(result(metric, actual))).toBe(words)
})

test('says what is missed, and nothing where all are met', () => {
  const met = result('violations', 0.5, true)
  expect(missedWords([met])).toBeNull()
  expect(missedWords([])).toBeNull()
  expect(missedWords([met, result('scale_events', 4)])).toBe(
    '1 of 2 thresholds missed: scale_events<1 (4)',
  )
  expect(missedWords([result('scale_events', 4)])).toBe(
    '1 of 1 threshold missed: scale_events<1 (4)',
  )
})
