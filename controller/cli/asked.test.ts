import { describe, expect, test } from 'vitest'

import { sameForAll } from '../../forecaster/lead-time/log-normal.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { askedOf } from './asked.ts'
import type { BacktestOptions } from './backtest-options.ts'

/** As commander gives them where nothing was written. */
const DEFAULTS: BacktestOptions = {
  startUp: sameForAll(180),
  min: 1,
  warmUp: 604_800,
  violationBudget: 0.01,
  hpaTarget: 0.7,
  policies: [],
  actuator: 'hpa',
  guard: 0.85,
  output: 'table',
}

const HPA = { targetPercent: 70, stabilizationSeconds: 300 }

const signal = (name: string, averageValue: string) => ({
  name,
  prometheus: { query: 'q' },
  capacity: { averageValue },
})

function scalerOf(changed: object = {}): PredictiveScaler {
  const parsed = parseScaler({
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 60,
      actuator: { name: 'web' },
      demand: [signal('rps', '250')],
      prediction: { risk: { violationPrice: '80' } },
      leadTime: { initialSeconds: 90 },
      behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
      ...changed,
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}

function ask(given: Partial<BacktestOptions>, scaler: PredictiveScaler | null = scalerOf()) {
  const manifest = scaler === null ? null : { file: 'web.yaml', scaler }
  return askedOf({ ...DEFAULTS, ...given }, (option) => option in given, manifest)
}

test('without options and manifest all of it is assumed', () => {
  expect(ask({}, null)).toEqual({
    stated: { capacityPerReplica: null, peakReplicas: null, minReplicas: 1, maxReplicas: null },
    startUp: sameForAll(180),
    risk: { kind: 'budget', violationShare: 0.01 },
    holdWindowSeconds: 300,
    from: {
      capacityFrom: 'assumed',
      minFrom: 'assumed',
      maxFrom: 'assumed',
      startUpFrom: 'assumed',
      riskFrom: 'assumed',
      holdFrom: 'assumed',
      hpaFrom: 'assumed',
      guardFrom: 'assumed',
    },
    hpa: HPA,
    actuation: { kind: 'hpa', ...HPA, guardPercent: 85 },
    scaler: null,
  })
})

test('a manifest gives all that it holds', () => {
  expect(ask({})).toEqual({
    stated: { capacityPerReplica: 250, peakReplicas: null, minReplicas: 2, maxReplicas: 60 },
    startUp: sameForAll(90),
    risk: { kind: 'price', violationPrice: 80 },
    holdWindowSeconds: 600,
    from: {
      capacityFrom: 'scaler',
      minFrom: 'scaler',
      maxFrom: 'scaler',
      startUpFrom: 'scaler',
      riskFrom: 'scaler',
      holdFrom: 'scaler',
      hpaFrom: 'assumed',
      guardFrom: 'scaler',
    },
    hpa: HPA,
    // No guard in it: no target is raised.
    actuation: { kind: 'hpa', ...HPA, guardPercent: 70 },
    scaler: { file: 'web.yaml', namespace: 'shop', name: 'web' },
  })
})

describe('the guard', () => {
  const guarded = scalerOf({ reactive: { guard: { metric: 'cpu', averageUtilization: 88 } } })
  test("is the manifest's, an option wins, and Foresail alone has none", () => {
    expect(ask({}, guarded).actuation).toMatchObject({ guardPercent: 88 })
    expect(ask({ guard: 0.9 }, guarded).actuation).toMatchObject({ guardPercent: 90 })
    expect(ask({ actuator: 'scale' }, guarded).actuation).toEqual({ kind: 'scale' })
  })
})

describe('an option wins over the manifest, its default does not', () => {
  test.each<[Partial<BacktestOptions>, object]>([
    [{ capacity: 100 }, { stated: { capacityPerReplica: 100 }, from: { capacityFrom: 'stated' } }],
    [
      { peakReplicas: 9 },
      {
        stated: { capacityPerReplica: null, peakReplicas: 9 },
        from: { capacityFrom: 'peak-replicas' },
      },
    ],
    [
      { min: 1 },
      {
        stated: { minReplicas: 1, maxReplicas: 60 },
        from: { minFrom: 'stated', maxFrom: 'scaler' },
      },
    ],
    [{ max: 9 }, { stated: { maxReplicas: 9 }, from: { maxFrom: 'stated' } }],
    [{ startUp: sameForAll(180) }, { startUp: sameForAll(180), from: { startUpFrom: 'stated' } }],
    [
      { violationBudget: 0.01 },
      { risk: { kind: 'budget', violationShare: 0.01 }, from: { riskFrom: 'stated' } },
    ],
    [
      { violationPrice: 5 },
      { risk: { kind: 'price', violationPrice: 5 }, from: { riskFrom: 'stated' } },
    ],
    [
      { quantile: 0.9 },
      { risk: { kind: 'quantile', probability: 0.9 }, from: { riskFrom: 'stated' } },
    ],
    [{ hpaTarget: 0.7 }, { from: { hpaFrom: 'stated' } }],
  ])('%j', (given, expected) => {
    expect(ask(given)).toMatchObject(expected)
  })
})

describe('several signals', () => {
  const several = scalerOf({ demand: [signal('rps', '250'), signal('queue', '3')] })

  test('do not tell whose capacity the recording has', () => {
    expect(() => ask({}, several)).toThrow(
      'web.yaml: spec.demand: has 2 signals (rps, queue), a recording holds one. State',
    )
  })

  test('do no harm where it is stated', () => {
    expect(ask({ capacity: 3 }, several).stated.capacityPerReplica).toBe(3)
  })
})

test.each([
  [{ min: 5, max: 4 }, null, '--max 4 is below --min 5'],
  [{ max: 1 }, scalerOf(), '--max 1 is below minReplicas 2 of web.yaml'],
  [{ min: 61 }, scalerOf(), 'maxReplicas 60 of web.yaml is below --min 61'],
])('limits the wrong way round: %j', (given, scaler, message) => {
  expect(() => ask(given, scaler)).toThrow(`${message}. Raise one or lower the other`)
})
