import { describe, expect, test } from 'vitest'

import type { Assumptions, BacktestReport, PolicyRow, RowName } from './report.ts'
import { savingsOf } from './savings.ts'
import { verdictOf } from './verdict.ts'

const assumptions: Assumptions = {
  actuator: 'scale',
  guardPercent: null,
  targetPercent: null,
  warmUpSeconds: 604_800,
  scoredSteps: 10_080,
  scoredDays: 7,
  startUpSeconds: 180,
  startUpPercentile: null,
  startUpMedianSeconds: 180,
  leadSteps: 3,
  capacityPerReplica: 5,
  capacityFrom: 'stated',
  peakReplicas: 20,
  minReplicas: 1,
  maxReplicas: 60,
  maxFrom: 'stated',
  violationBudgetPercent: 1,
  violationPrice: null,
  quantile: null,
  holdSeconds: 300,
}

function row(policy: RowName, replicaHours: number, violatedMinutes: number): PolicyRow {
  return {
    policy,
    setting: 'so',
    replicaHours,
    timesClairvoyant: null,
    violationPercent: violatedMinutes / 100.8,
    violatedMinutes,
    demandShortPercent: 0,
    longestShortageMinutes: 0,
    scaleEventsPerDay: 0,
    reversalsPerDay: 0,
    peakReplicas: 20,
  }
}

function verdict(
  policies: PolicyRow[],
  equalHours?: number | null,
  changed: Partial<Assumptions> = {},
): string[] {
  const [foresail] = policies
  const savings: BacktestReport['savings'] = savingsOf(policies, [])
  if (equalHours !== undefined && foresail !== undefined) {
    const saved = equalHours === null ? null : equalHours - foresail.replicaHours
    savings.unshift({
      against: 'hpa-at-equal-violations',
      replicaHours: equalHours,
      savedReplicaHours: saved,
      savedPercent: saved === null || equalHours === null ? null : (100 * saved) / equalHours,
      violatedMinutes: foresail.violatedMinutes,
      foresailViolatedMinutes: foresail.violatedMinutes,
    })
  }
  const recording = {
    file: 'f',
    start: '2026-01-01T00:00:00.000Z',
    end: '2026-01-15T00:00:00.000Z',
    stepSeconds: 60,
    samples: 20_160,
    missingSamples: 0,
  }
  return verdictOf({
    recording,
    assumptions: { ...assumptions, ...changed },
    policies,
    savings,
    coverage: [],
    hpaSweep: [],
  })
}

describe('the first sentence', () => {
  const foresail = row('foresail', 1000, 50)
  test.each([
    [1250, 'Predicting pays: 20 % fewer replica-hours (1,000 against 1,250) than the best HPA'],
    [
      800,
      'Predicting does not pay here: Foresail is dearer, 25 % more replica-hours (1,000 against 800)',
    ],
    [1010, 'A tie, predicting hardly pays here: 0.99 % fewer replica-hours'],
    [990, 'A tie, predicting hardly pays here: 1 % more replica-hours'],
    [null, 'no HPA setting in the sweep is short that seldom (Foresail in 50 minutes).'],
    [undefined, 'No verdict: the best HPA is not among the policies'],
  ])('against a best HPA of %s replica-hours', (equalHours, sentence) => {
    expect(verdict([foresail], equalHours)[0]).toContain(sentence)
  })

  test.each([
    ['is cheaper and short no more often', 1100, 50, 1250, 'than a fixed so, the cheapest here'],
    ['is cheaper but short more often', 1100, 51, 1250, 'than the best HPA, tuned in hindsight'],
    ['is dearer', 1300, 0, 1250, 'than the best HPA, tuned in hindsight'],
    ['is never short where no HPA is', 1100, 0, null, 'than a fixed so, the cheapest here'],
  ])('where a fixed count %s', (_, hours, short, equalHours, sentence) => {
    const [first, ...others] = verdict([foresail, row('static-peak', hours, short)], equalHours)
    expect(first).toContain(sentence)
    expect(others.join('\n')).toContain(
      equalHours === null
        ? 'No HPA setting in the sweep is short that seldom.'
        : /fixed/.test(first ?? '')
          ? 'Against the best HPA, tuned in hindsight, at the same violations (50 minutes)'
          : 'Against a fixed count for the peak',
    )
  })

  test('where the HPA as configured beats the best one read off between settings', () => {
    const [first] = verdict([foresail, row('hpa', 900, 40)], 950)
    expect(first).toContain('Foresail is dearer, 11.1 % more replica-hours (1,000 against 900)')
  })

  test('without Foresail', () => {
    expect(verdict([row('hpa', 1000, 50)])).toEqual([
      'No verdict: Foresail is not among the policies that were asked for.',
    ])
  })
})

describe('whatever it saves or costs, both sides say how often they were short', () => {
  test.each([
    [
      'hpa',
      800,
      900,
      '25 % more replica-hours; it took 800 and was short in 900 minutes, Foresail in 50 minutes',
    ],
    [
      'hpa',
      2000,
      0,
      '50 % fewer replica-hours; it took 2,000 and was short in 0 minutes, Foresail in 50 minutes',
    ],
    ['static-peak', 2000, 1, 'it took 2,000 and was short in 1 minute, Foresail in 50 minutes'],
    [
      'clairvoyant',
      800,
      0,
      'Over the clairvoyant, which is never short and knows the future: 25 %',
    ],
    ['clairvoyant', 1250, 0, 'because Foresail was short'],
  ] as const)('%s of %s replica-hours, short in %s', (policy, hours, short, sentence) => {
    expect(verdict([row('foresail', 1000, 50), row(policy, hours, short)]).join('\n')).toContain(
      sentence,
    )
  })
})

describe('what limits the result is said', () => {
  test.each([
    ['a budget that was kept', row('foresail', 1, 50), {}, 'up to 1 % was asked.'],
    ['a budget that was not', row('foresail', 1, 202), {}, 'more than the 1 % that was asked.'],
    [
      'a maximum that was met',
      row('foresail', 1, 0),
      { maxReplicas: 20 },
      'ran into the maximum of 20',
    ],
    ['a few hours only', row('foresail', 1, 0), { scoredDays: 0.25 }, 'Only 6 hours are scored'],
  ])('%s', (_, foresail, changed, sentence) => {
    expect(verdict([foresail], 2, changed).join('\n')).toContain(sentence)
  })
})
