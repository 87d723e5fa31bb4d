import { describe, expect, test } from 'vitest'

import { sameForAll } from '../../forecaster/lead-time/log-normal.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { HpaManifest } from '../hpa/hpa-schema.ts'
import { checkHpa } from '../hpa/read-manifest.ts'
import { askedOf } from './asked.ts'
import type { BacktestOptions } from './backtest-options.ts'
import { EXIT } from './failure.ts'

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

function ask(
  given: Partial<BacktestOptions>,
  scaler: PredictiveScaler | null = scalerOf(),
  hpa: HpaManifest | null = null,
) {
  const manifest = scaler === null && hpa === null ? null : { file: 'web.yaml', scaler, hpa }
  return askedOf({ ...DEFAULTS, ...given }, (option) => option in given, manifest)
}

const CPU = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
}
const pods = (averageValue: string) => ({
  type: 'Pods',
  pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue } },
})
const external = (target: object) => ({
  type: 'External',
  external: { metric: { name: 'queue' }, target },
})
const VALUE = external({ type: 'Value', value: '30' })

function hpaOf(changed: object = {}): HpaManifest {
  const checked = checkHpa(
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web-hpa', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 3,
        maxReplicas: 30,
        metrics: [CPU],
        ...changed,
      },
    },
    1,
  )
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.hpa
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
    actuation: { kind: 'hpa', ...HPA, guardPercent: 85, ownMinReplicas: 1 },
    scaler: null,
    hpaManifest: null,
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
    actuation: { kind: 'hpa', ...HPA, guardPercent: 70, ownMinReplicas: 2 },
    scaler: { file: 'web.yaml', namespace: 'shop', name: 'web' },
    hpaManifest: null,
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

describe('an HPA manifest', () => {
  test('is the HPA as configured, and gives the limits of every policy', () => {
    const asked = ask({}, null, hpaOf())
    expect(asked).toMatchObject({
      stated: { capacityPerReplica: null, minReplicas: 3, maxReplicas: 30 },
      from: { minFrom: 'hpa', maxFrom: 'hpa', hpaFrom: 'hpa', riskFrom: 'assumed' },
      actuation: {
        kind: 'hpa',
        targetPercent: 60,
        stabilizationSeconds: 300,
        guardPercent: 85,
        ownMinReplicas: 3,
      },
      scaler: null,
    })
    expect(asked.hpa).toEqual({ targetPercent: 60, stabilizationSeconds: 300 })
    expect(asked.hpaManifest).toEqual({
      ...{ file: 'web.yaml', namespace: 'shop', name: 'web-hpa', minReplicas: 3, maxReplicas: 30 },
      target: 'Resource cpu at 60 % of the request, taken for 60 % of the capacity',
      unusedMetrics: [],
      behavior: null,
    })
  })

  test('beside a scaler gives the baseline only', () => {
    expect(ask({}, scalerOf(), hpaOf())).toEqual({
      ...ask({}),
      from: { ...ask({}).from, hpaFrom: 'hpa' },
      hpa: { targetPercent: 60, stabilizationSeconds: 300 },
      actuation: {
        ...HPA,
        kind: 'hpa',
        targetPercent: 60,
        guardPercent: 60,
        ownMinReplicas: 2,
      },
      hpaManifest: ask({}, null, hpaOf()).hpaManifest,
    })
  })

  test.each<[Partial<BacktestOptions>, object]>([
    [{ min: 1 }, { stated: { minReplicas: 1, maxReplicas: 30 }, from: { minFrom: 'stated' } }],
    [{ max: 9 }, { stated: { minReplicas: 3, maxReplicas: 9 }, from: { maxFrom: 'stated' } }],
    [
      { hpaTarget: 0.8 },
      {
        hpa: { targetPercent: 80 },
        actuation: { targetPercent: 80 },
        from: { hpaFrom: 'stated' },
        hpaManifest: { target: null },
      },
    ],
  ])('gives way to %j', (given, expected) => {
    expect(ask(given, null, hpaOf())).toMatchObject(expected)
  })

  test('has its behavior run, completed; the HPA beneath Foresail has the default', () => {
    const policies = [{ type: 'Pods', value: 1, periodSeconds: 60 }]
    const behavior = {
      scaleUp: { policies, tolerance: '0.05' },
      scaleDown: { stabilizationWindowSeconds: 900 },
    }
    const { hpa, actuation } = ask({}, null, hpaOf({ behavior }))
    expect(hpa).toMatchObject({
      stabilizationSeconds: 900,
      behavior: {
        scaleUp: { policies, tolerance: 0.05, stabilizationWindowSeconds: 0 },
        scaleDown: { stabilizationWindowSeconds: 900, selectPolicy: 'Max' },
      },
    })
    const targets = { targetPercent: 60, guardPercent: 85 }
    expect(actuation).toEqual({ kind: 'hpa', ...HPA, ...targets, ownMinReplicas: 3 })
  })

  test.each<[string, object[], Partial<BacktestOptions>, number, string, string[]]>([
    ['an average value', [pods('200')], { capacity: 250 }, 80, 'Pods rps at 200 a replica', []],
    [
      'in thousandths',
      [external({ type: 'AverageValue', averageValue: '1500m' })],
      { capacity: 2 },
      75,
      'External queue at 1.5 a replica of a capacity of 2',
      [],
    ],
    ['the first', [CPU, pods('200')], { capacity: 250 }, 60, 'Resource cpu', ['Pods rps']],
    [
      'the first that tells one',
      [VALUE, pods('200'), CPU],
      {},
      60,
      'Resource cpu',
      ['External queue', 'Pods rps'],
    ],
    ['what the API server fills in', [], {}, 80, 'Resource cpu at 80 %', []],
  ])('targets %s', (_, metrics, given, percent, words, unusedMetrics) => {
    const { hpa, hpaManifest } = ask(given, null, hpaOf({ metrics }))
    expect(hpa.targetPercent).toBe(percent)
    expect(hpaManifest?.target).toContain(words)
    expect(hpaManifest?.unusedMetrics).toEqual(unusedMetrics)
  })

  test("takes the scaler's capacity", () => {
    expect(ask({}, scalerOf(), hpaOf({ metrics: [pods('100')] })).hpa.targetPercent).toBe(40)
  })

  test.each<[string, object[], Partial<BacktestOptions>, string]>([
    ['without capacity', [pods('200')], {}, '(Pods rps) aims at 200 a replica: state'],
    [
      'of a whole workload',
      [VALUE],
      { capacity: 250 },
      '(External queue) aims at a Value of the whole workload',
    ],
    [
      'beyond the capacity',
      [pods('2k')],
      { capacity: 250 },
      'aims at 2000 a replica of a capacity of 250: are both',
    ],
    ['in another unit', [pods('500m')], { capacity: 250 }, 'aims at 0.5 a replica of a'],
    [
      'beyond the request',
      [
        {
          ...CPU,
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 150 } },
        },
      ],
      {},
      '(Resource cpu) aims at 150 % of the request, which cannot',
    ],
  ])(
    'with no target but one %s is refused, unless --hpa-target says one',
    (_, metrics, given, why) => {
      const hpa = hpaOf({ metrics })
      expect(() => ask(given, null, hpa)).toThrow(
        expect.objectContaining({
          exitCode: EXIT.input,
          message: expect.stringContaining(why) as string,
        }),
      )
      expect(() => ask(given, null, hpa)).toThrow(/^web\.yaml: .*spec\.metrics\[0\].*--hpa-target$/)
      expect(ask({ ...given, hpaTarget: 0.5 }, null, hpa).hpa.targetPercent).toBe(50)
    },
  )

  test('with limits that an option contradicts', () => {
    expect(() => ask({ min: 31 }, null, hpaOf())).toThrow(
      'maxReplicas 30 of web.yaml is below --min 31',
    )
  })
})
