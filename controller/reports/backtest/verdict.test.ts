import { describe, expect, test } from 'vitest'

import type { Assumptions, OwnReplay, PolicyRow, RecordingFacts, RowName } from './report.ts'
import { type EqualCosts, savingsOf } from './savings.ts'
import { verdictOf } from './verdict.ts'

const assumptions: Assumptions = {
  actuator: 'scale',
  guardPercent: null,
  warmUpSeconds: 604_800,
  scoredSteps: 10_080,
  scoredDays: 7,
  startUpSeconds: 180,
  startUpPercentile: null,
  startUpMedianSeconds: 180,
  leadSteps: 3,
  capacityPerReplica: 5,
  capacityFrom: 'stated',
  minFrom: 'assumed',
  peakReplicas: 20,
  minReplicas: 1,
  maxReplicas: 60,
  maxFrom: 'stated',
  startUpFrom: 'stated',
  riskFrom: 'stated',
  holdFrom: 'assumed',
  hpaFrom: 'assumed',
  guardFrom: 'assumed',
  beyondMaxPercent: 0,
  violationBudgetPercent: 1,
  violationPrice: null,
  quantile: null,
  holdSeconds: 300,
  hpaTargetPercent: 70,
  hpaStabilizationSeconds: 300,
  scaler: null,
  hpaManifest: null,
}

const recording: RecordingFacts = {
  file: 'f',
  start: '2026-01-01T00:00:00.000Z',
  end: '2026-01-15T00:00:00.000Z',
  stepSeconds: 60,
  samples: 20_160,
  missingSamples: 0,
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

function told(
  policies: PolicyRow[],
  equal: EqualCosts = {},
  changed: {
    assumptions?: Partial<Assumptions>
    recording?: Partial<RecordingFacts>
    ownReplay?: OwnReplay
  } = {},
) {
  return verdictOf({
    recording: { ...recording, ...changed.recording },
    assumptions: { ...assumptions, ...changed.assumptions },
    policies,
    savings: savingsOf(policies, equal),
    coverage: [],
    ownReplay: changed.ownReplay ?? null,
    hpaSweep: [],
    yesterdaySweep: [],
  })
}

const atEqual = (replicaHours: number | null) => ({
  setting: 'read off',
  replicaHours,
  violatedMinutes: 50,
})
const best = (replicaHours: number | null): EqualCosts => ({ hpa: atEqual(replicaHours) })

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
    [
      1000,
      'Predicting brings nothing here: as many replica-hours (1,000 against 1,000) as the best',
    ],
    [null, 'no HPA setting in the sweep is short that seldom (Foresail in 50 minutes).'],
  ])('against a best HPA of %s replica-hours', (equalHours, sentence) => {
    expect(told([foresail], best(equalHours)).verdict[0]).toContain(sentence)
  })

  test.each([
    ['is cheaper and short no more often', 1100, 50, 1250, 'than a fixed count of so, the cheap'],
    ['is cheaper but short more often', 1100, 51, 1250, 'than the best HPA, tuned in hindsight'],
    ['is dearer', 1300, 0, 1250, 'than the best HPA, tuned in hindsight'],
    [
      'is never short where no HPA is',
      1100,
      0,
      null,
      'than a fixed count of so, the cheapest here',
    ],
  ])('where a fixed count %s', (_, hours, short, equalHours, sentence) => {
    const [first, ...others] = told(
      [foresail, row('static-peak', hours, short)],
      best(equalHours),
    ).verdict
    expect(first).toContain(sentence)
    expect(others.join('\n')).toContain(
      equalHours === null
        ? 'No HPA setting in the sweep is short that seldom.'
        : /fixed/.test(first ?? '')
          ? 'Against the best HPA, tuned in hindsight, at the same violations (50 minutes)'
          : 'Against a fixed count for the peak',
    )
  })

  test.each([
    ['the HPA as configured', row('hpa', 900, 40), {}, 'than the HPA as configured (so)'],
    ['yesterday', row('yesterday', 900, 40), {}, 'than same-time-yesterday (so)'],
    [
      'another yesterday',
      row('yesterday', 1200, 10),
      { yesterday: atEqual(900) },
      'than same-time-yesterday over an HPA, margin and target tuned in hindsight',
    ],
    [
      'a smaller fixed count',
      row('static-peak', 1200, 10),
      { static: { ...atEqual(900), setting: '9 replicas' } },
      'than a fixed count of 9 replicas, picked in hindsight',
    ],
    [
      'a fixed count that is also the least one',
      row('static-peak', 900, 10),
      { static: { ...atEqual(900), setting: '9 replicas' } },
      'than a fixed count of so,',
    ],
  ])('where %s beats the best HPA', (_, other, equal, sentence) => {
    const { verdict } = told([foresail, other], { ...best(950), ...equal })
    expect(verdict[0]).toContain(
      'Foresail is dearer, 11.1 % more replica-hours (1,000 against 900)',
    )
    expect(verdict[0]).toContain(sentence)
  })

  test.each([
    ['without Foresail', [row('hpa', 1000, 50)], {}, 'Foresail is not among the policies'],
    ['without the best HPA', [foresail], {}, 'the best HPA is not among the policies'],
    [
      'of nothing scored',
      [foresail],
      { scoredSteps: 0 },
      'nothing after the warm-up can be scored',
    ],
  ])('%s is no verdict', (_, policies, changed, why) => {
    const { verdict } = told(policies, {}, { assumptions: changed })
    expect(verdict[0]).toMatch(`No verdict: ${why}`)
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
    ['hpa', 1000, 60, 'as many replica-hours; it took 1,000 and was short in 60 minutes'],
    ['static-peak', 2000, 1, 'it took 2,000 and was short in 1 minute, Foresail in 50 minutes'],
    [
      'clairvoyant',
      800,
      0,
      'Over the clairvoyant, which is never short and knows the future: 25 %',
    ],
    ['clairvoyant', 1250, 0, 'because Foresail was short'],
  ] as const)('%s of %s replica-hours, short in %s', (policy, hours, short, sentence) => {
    const { verdict } = told([row('foresail', 1000, 50), row(policy, hours, short)])
    expect(verdict.join('\n')).toContain(sentence)
  })
})

test.each([
  ['was kept', 50, 'up to 1 % was asked.'],
  ['was not', 202, ': more than the 1 % that was asked.'],
  ['was nearly', 101, ': a little more than the 1 % that was asked.'],
])('a budget that %s is named', (_, short, sentence) => {
  expect(told([row('foresail', 1, short)], best(2)).verdict.join('\n')).toContain(sentence)
})

describe('what its own past told Foresail', () => {
  const foresail = row('foresail', 1000, 50)
  const said = (replay: Partial<OwnReplay>, changedAssumptions: Partial<Assumptions> = {}) => {
    const ownReplay = {
      ...{ reactingPercent: 0, predictingPays: true, failedForecasters: [] },
      ...replay,
    }
    return told([foresail], best(1250), { ownReplay, assumptions: changedAssumptions })
  }

  test('is left unsaid where the forecast always led', () => {
    expect(said({}).verdict.join(' ')).not.toContain('own past')
  })

  test.each<[Partial<OwnReplay>, Partial<Assumptions>, string]>([
    [
      { reactingPercent: 12 },
      { actuator: 'hpa' },
      'left it to the HPA alone in 12 % of the time, and says at the end that predicting pays.',
    ],
    [
      { reactingPercent: 100, predictingPays: false },
      { actuator: 'scale' },
      'only reacted in 100 % of the time, and says at the end: not predictable.',
    ],
  ])('%j', (replay, changed, sentence) => {
    expect(said(replay, changed).verdict.join(' ')).toContain(sentence)
  })

  test('names the forecasters that failed', () => {
    const failedForecasters = [{ name: 'ridge', why: 'said NaN' }]
    expect(said({ failedForecasters }).cautions).toContain(
      'The forecaster ridge failed and was left out: it said NaN.',
    )
  })
})

describe('cautions', () => {
  const foresail = row('foresail', 1000, 50)

  test('none where all is well', () => {
    expect(told([foresail], best(1250)).cautions).toEqual([])
  })

  test.each([
    [
      { recording: { stepSeconds: 1800 }, assumptions: { leadSteps: 1 } },
      'A row every 30 m cannot show a start-up of 3 m: pods are replayed as Ready after 30 m,',
    ],
    [
      { recording: { stepSeconds: 3600 }, assumptions: { leadSteps: 1, startUpSeconds: 3600 } },
      'A row every 1 h: what happens within a step is not seen.',
    ],
    [
      { assumptions: { leadSteps: 120, startUpSeconds: 7200 } },
      'Pods take 2 h to start: in a cluster Foresail plans at most 1 h ahead.',
    ],
    [{ assumptions: { scoredDays: 0.25 } }, 'Only 6 hours are scored: too little to judge by.'],
    [{ assumptions: { scoredDays: 1 } }, 'Only 1 day is scored: one odd day decides.'],
    [
      { assumptions: { maxReplicas: 12, beyondMaxPercent: 7.5 } },
      'Demand needs more than the maximum of 12 replicas in 7.5 % of the time',
    ],
    [{ assumptions: { maxReplicas: 20 } }, 'Foresail ran into the maximum of 20 replicas.'],
    [{ recording: { missingSamples: 4032 } }, '20 % of the samples are missing'],
  ])('%j', (changed, sentence) => {
    const { cautions } = told([foresail], best(1250), changed)
    expect(cautions).toEqual([expect.stringContaining(sentence)])
  })

  test.each([
    ['the HPA as configured', [foresail, row('hpa', 1001, 50)], 'Leave this workload to it.'],
    [
      'the best HPA',
      [foresail, row('hpa-best', 1100, 40)],
      'tuned in hindsight (so) it does as well alone.',
    ],
  ])('"not predictable" where %s does as well alone', (_, policies, sentence) => {
    const { cautions } = told(policies, best(1005))
    expect(cautions).toEqual([expect.stringMatching(/^Not predictable/)])
    expect(cautions[0]).toContain(sentence)
  })

  test('stand there without Foresail, too', () => {
    const changed = { assumptions: { scoredDays: 0.25 } }
    expect(told([row('hpa', 1000, 50)], {}, changed).cautions).toHaveLength(1)
  })
})
