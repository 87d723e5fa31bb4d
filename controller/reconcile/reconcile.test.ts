import { beforeEach, describe, expect, it } from 'vitest'
import { busyPeak } from '../../forecaster/plans/risk.ts'
import { liveThrough } from '../../forecaster/workload/live-through.ts'
import { beginRecord, createWorkload } from '../../forecaster/workload/workload.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { ManualClock } from '../sandbox/manual-clock.ts'
import { MemoryHpa } from '../sandbox/memory-hpa.ts'
import { MemoryState } from '../sandbox/memory-state.ts'
import { preparedAtOnce } from '../sandbox/prepared-at-once.ts'
import { RecordedSource } from '../sandbox/recorded-source.ts'
import { FINALIZER } from './act.ts'
import { conditionsOf } from './conditions-of.ts'
import { createMemory, type ScalerMemory } from './memory.ts'
import type { PodsView, RangeAnswer } from './ports.ts'
import { finalize, type ReconcilePorts, reconcile } from './reconcile.ts'
import { fit, type Rehearsal, type RehearsalJob, rehearse } from './rehearse.ts'
import type { SyncView } from './view.ts'

const MINUTE = 60
const DAY = 86_400
/** A Monday, 09:00 UTC. */
const START = Date.UTC(2026, 0, 12, 9) / 1000

/** Demand in requests per second: a working day over a quiet night, with a repeatable grain. */
function demandOfSlot(at: number): number {
  const hour = (at % DAY) / 3600
  const day = Math.max(0, Math.sin(((hour - 7) / 12) * Math.PI))
  const grain = Math.abs(Math.sin(at * 12.9898) * 43758.5453) % 1
  return 500 + 1500 * day + 100 * grain
}

let clock: ManualClock
let source: RecordedSource
let hpa: MemoryHpa
let memory: ScalerMemory
let scaler: PredictiveScaler
let pods: PodsView
let events: string[]
let state: MemoryState
let ports: ReconcilePorts

beforeEach(() => {
  clock = new ManualClock((START + 5) * 1000)
  source = new RecordedSource((at) => (at < clock.nowMs() / 1000 ? demandOfSlot(at) : NaN))
  hpa = new MemoryHpa({ minReplicas: 2, guardUtilization: 70 }, 60)
  memory = createMemory()
  state = new MemoryState()
  pods = {
    synced: true,
    ready: 10,
    existing: 10,
    revision: '',
    faults: {},
    noRoom: null,
    startUps: [],
    starting: [],
  }
  events = []
  scaler = manifest('Auto')
  ports = {
    clock,
    sources: new Map([['default', source]]),
    forecasting: {
      rehearse: (job) => Promise.resolve(structuredClone(rehearsalOf(structuredClone(job)))),
      fit: (job) => Promise.resolve(structuredClone(fit(structuredClone(job)))),
    },
    ...{ pods, state, preparations: preparedAtOnce },
    isCurrent: () => true,
    actuator: hpa,
    events: { emit: (_scaler, _type, reason) => void events.push(reason) },
    store: {
      writeStatus: () => Promise.resolve({ kind: 'done' }),
      writeFinalizers: (_key, finalizers) => {
        scaler.metadata.finalizers = finalizers
        return Promise.resolve({ kind: 'done' })
      },
    },
  }
})

describe('the controller is the backtest', () => {
  it('decides step by step what living through the same recording decides', async () => {
    const seen: number[] = []
    for (let minute = 0; minute < 120; minute++) {
      const view = await syncAt(START + minute * MINUTE + 5)
      seen.push(view.live?.deliberation?.decision.replicas ?? NaN)
    }

    const firstStep = START / MINUTE - 7 * 1440
    const history = Float64Array.from({ length: 7 * 1440 }, (_, i) => needAt(firstStep + i))
    const workload = createWorkload({
      stepSeconds: MINUTE,
      firstStep,
      capacityPerReplica: 1,
      leadSteps: 2,
      holdSteps: 5,
      risk: { kind: 'budget', violationShare: 0.005 },
      peakReplicas: busyPeak(history.sort()),
      actuation: {
        kind: 'hpa',
        targetPercent: 70,
        guardPercent: 85,
        stabilizationSeconds: 300,
        ownMinReplicas: 2,
      },
    })
    const expected: number[] = []
    for (let step = firstStep; step < START / MINUTE + 119; step++) {
      const around = {
        reactive: { kind: 'absent', why: 'LeftToHpa' },
        minReplicas: 2,
        maxReplicas: 60,
      } as const
      const { decision } = liveThrough(workload, needAt(step), around)
      if (step === START / MINUTE - 1) beginRecord(workload)
      if (step >= START / MINUTE - 1) expected.push(decision.replicas)
    }
    // The first sync decides from the history alone, the others with each slot that closes after it.
    expect(seen).toEqual(expected)
    expect(new Set(expected).size).toBeGreaterThan(3)
  })
})

describe('Predictable', () => {
  const said = async () =>
    conditionsOf(await syncTwice()).find(({ type }) => type === 'Predictable')

  it('is what the virtual runs of the past came to', async () => {
    expect(await said()).toMatchObject({ status: 'True', reason: 'PredictionPays' })
  })

  it('is left open for a quantile, and says why', async () => {
    scaler.spec.prediction.risk = { quantile: '0.99' }
    const condition = await said()
    expect(condition?.status).toBe('Unknown')
    expect(condition?.message).toContain('a quantile was asked for')
  })
})

describe('modes', () => {
  it('Observe decides and writes nothing', async () => {
    scaler = manifest('Observe')
    const view = await syncTwice()
    expect(view.live?.deliberation?.decision.replicas).toBeGreaterThan(2)
    expect(hpa.writes).toEqual([])
    expect(scaler.metadata.finalizers).toBeUndefined()
  })

  it('Auto raises the floor and the guard, after taking the finalizer', async () => {
    const view = await syncTwice()
    const replicas = view.live?.deliberation?.decision.replicas
    expect(hpa.minReplicas).toBe(replicas)
    expect(hpa.guardUtilization).toBe(85)
    expect(scaler.metadata.finalizers).toEqual([FINALIZER])
    expect(events).toEqual(['FloorRaised', 'GuardRaised'])
  })

  it('ScaleUpOnly leaves the guard and never runs less than the HPA alone', async () => {
    scaler = manifest('ScaleUpOnly')
    const view = await syncTwice()
    expect(hpa.guardUtilization).toBe(70)
    expect(hpa.minReplicas).toBeGreaterThanOrEqual(view.live?.hpaAlone?.replicas ?? Infinity)
  })

  it('gives everything back when the mode turns to Observe', async () => {
    await syncTwice()
    scaler = { ...manifest('Observe'), metadata: scaler.metadata }
    await syncAt(START + 2 * MINUTE + 5)
    expect([hpa.minReplicas, hpa.guardUtilization, hpa.touched]).toEqual([2, 70, false])
    expect(scaler.metadata.finalizers).toEqual([])
  })
})

describe('absence is never zero', () => {
  it.each<[string, RangeAnswer]>([
    ['refuses', { kind: 'error', reason: 'Unreachable', message: 'refused' }],
    ['is back but empty', { kind: 'empty' }],
    [
      'answers with NaN',
      { kind: 'values', values: new Float64Array(1).fill(NaN), notFinite: 1, warnings: [] },
    ],
    ['answers with several series', { kind: 'several', series: ['{a="1"}', '{a="2"}'] }],
  ])(
    'a source that %s lowers nothing and gives the guard back within three steps',
    async (_, fault) => {
      await syncTwice()
      const floor = hpa.minReplicas
      source.fault = fault
      for (let minute = 2; minute <= 4; minute++) await syncAt(START + minute * MINUTE + 5)
      expect(hpa.minReplicas).toBeGreaterThanOrEqual(floor)
      expect(hpa.guardUtilization).toBe(70)
      const view = await syncAt(START + 6 * MINUTE)
      expect(view.fallback).toBe(true)
      expect(events).toContain('FallbackStarted')
      expect(hpa.minReplicas).toBeGreaterThanOrEqual(floor)
    },
  )

  it('follows the day-ahead plan upwards while the source is down, and never falls', async () => {
    await syncTwice()
    source.fault = { kind: 'empty' }
    let before = hpa.minReplicas
    for (let minute = 2; minute < 240; minute++) {
      await syncAt(START + minute * MINUTE + 5)
      expect(hpa.minReplicas).toBeGreaterThanOrEqual(before)
      before = hpa.minReplicas
    }
    // By 13:00 the plan knows of the noon peak, which is higher than 09:00.
    expect(before).toBeGreaterThan(10)
  })

  it('hands over to an HPA that sees its metrics once the plan has run out, and to no other', async () => {
    await syncTwice()
    source.fault = { kind: 'empty' }
    hpa.scalingActive = false
    await syncAt(START + 30 * 3600)
    expect(hpa.minReplicas).toBeGreaterThan(2)
    hpa.scalingActive = true
    await syncAt(START + 30 * 3600 + MINUTE)
    expect(hpa.minReplicas).toBe(2)
  })

  it('a partial sample may raise and lowers nothing, whatever stands', async () => {
    await syncTwice()
    hpa.minReplicas = 40
    const partial = (need: number): RangeAnswer => ({
      kind: 'values',
      values: Float64Array.of(need * 100),
      notFinite: 0,
      warnings: ['partial response'],
    })
    source.fault = partial(5)
    await syncAt(START + 2 * MINUTE + 5)
    expect([hpa.minReplicas, hpa.guardUtilization]).toEqual([40, 70])
    source.fault = partial(50)
    await syncAt(START + 3 * MINUTE + 5)
    expect(hpa.minReplicas).toBe(50)
  })

  it('restarted without its source: the floor stands, the guard goes back, after a day the HPA takes over', async () => {
    await syncTwice()
    const floor = hpa.minReplicas
    source.fault = { kind: 'empty' }
    memory = createMemory()
    await syncAt(START + 2 * MINUTE + 5)
    expect([hpa.minReplicas, hpa.guardUtilization]).toEqual([floor, 70])
    await syncAt(START + 26 * 3600)
    expect(hpa.minReplicas).toBe(2)
  })

  it('a refit that fails leaves the old fit in force, and is said', async () => {
    await syncTwice()
    ports.forecasting = { ...ports.forecasting, fit: () => Promise.reject(new Error('no memory')) }
    let view = await syncAt(START + 2 * MINUTE + 5)
    // Fits take effect at 12:30.
    for (let minute = 3; minute < 215; minute++) view = await syncAt(START + minute * MINUTE + 5)
    expect(view.live?.fitProblem).toBe('no memory')
    expect(view.live?.deliberation?.step).toBe(START / MINUTE + 214)
    expect(hpa.guardUtilization).toBe(85)
  })

  it('lowers nothing while the pods are not known', async () => {
    await syncTwice()
    hpa.minReplicas = 40
    ports.pods = { ...pods, synced: false }
    await syncAt(START + 2 * MINUTE + 5)
    expect([hpa.minReplicas, hpa.guardUtilization]).toEqual([40, 70])
  })

  it('touches nothing under seven days of history, and says how long it takes', async () => {
    const begin = START - 3 * DAY
    source = new RecordedSource((at) =>
      at >= begin && at < clock.nowMs() / 1000 ? demandOfSlot(at) : NaN,
    )
    ports.sources = new Map([['default', source]])
    const view = await syncTwice()
    expect(view.live).toBeNull()
    expect(view.notLive).toEqual({
      reason: 'TooFewSamples',
      message: '3.0 of 7 days of history; complete in 4.0 days',
    })
    expect(hpa.writes).toEqual([])
  })
})

describe('handing back', () => {
  it('deletion gives the HPA back and lets go of the object', async () => {
    await syncTwice()
    await finalize(ports, scaler, new AbortController().signal)
    expect([hpa.minReplicas, hpa.guardUtilization]).toEqual([2, 70])
    expect(scaler.metadata.finalizers).toEqual([])
  })

  it('a pause gives the HPA back at once, and its end takes it up again', async () => {
    await syncTwice()
    scaler.metadata.annotations = { 'foresail.dev/paused': 'true' }
    await syncAt(START + 2 * MINUTE + 5)
    expect([hpa.minReplicas, hpa.guardUtilization]).toEqual([2, 70])
    scaler.metadata.annotations = {}
    await syncAt(START + 3 * MINUTE + 5)
    expect(hpa.guardUtilization).toBe(85)
  })
})

it('the brake works while the history cannot be learned', async () => {
  await syncTwice()
  memory = createMemory()
  const failing = () => Promise.reject(new Error('the worker died'))
  ports.forecasting = { rehearse: failing, fit: failing }
  scaler.metadata.annotations = { 'foresail.dev/paused': 'true' }
  const view = await syncAt(START + 2 * MINUTE + 5)
  expect([hpa.minReplicas, hpa.guardUtilization, hpa.touched]).toEqual([2, 70, false])
  expect(view.notLive.message).toContain('the worker died')
})

it('writes nothing from a spec that has changed meanwhile', async () => {
  ports.isCurrent = () => false
  await syncTwice()
  expect(hpa.writes).toEqual([])
})

it('a longer lead is planned for at once', async () => {
  await syncTwice()
  const startUps = Array.from({ length: 20 }, (_, i) => ({
    podUid: String(i),
    readyAtSeconds: START,
    startUpSeconds: 200,
  }))
  ports.pods = { ...pods, startUps }
  const view = await syncAt(START + 2 * MINUTE + 5)
  expect(view.leadTime).toMatchObject({ source: 'learned', samples: 20 })
  expect(view.live?.workload.leadSteps).toBeGreaterThanOrEqual(4)
})

it('a pod that goes on starting lengthens the lead at once, and then every five minutes', async () => {
  await syncTwice()
  const leads: number[] = []
  for (let age = 2; age <= 8; age++) {
    ports.pods = { ...pods, starting: [age * MINUTE] }
    const view = await syncAt(START + (10 + age) * MINUTE + 5)
    expect(view.leadTime).toMatchObject({ startUpSeconds: age * MINUTE, source: 'starting' })
    leads.push(view.live?.workload.leadSteps ?? NaN)
  }
  expect(leads).toEqual([3, 3, 3, 3, 3, 8, 8])
})

/** Living through a week takes most of a second: the same week is lived through once. */
const rehearsals = new Map<string, Rehearsal>()

function rehearsalOf(job: RehearsalJob): Rehearsal {
  const { samples, ...rest } = job
  const key = JSON.stringify([rest, samples.length])
  const rehearsal = rehearsals.get(key) ?? rehearse(job)
  rehearsals.set(key, rehearsal)
  return rehearsal
}

function needAt(step: number): number {
  return demandOfSlot(step * MINUTE) / 100
}

async function syncAt(atSeconds: number): Promise<SyncView> {
  clock.set(atSeconds * 1000)
  return await reconcile(ports, scaler, memory, new AbortController().signal)
}

/** The first sync reads the history, the second decides. */
async function syncTwice(): Promise<SyncView> {
  await syncAt(START + 5)
  return await syncAt(START + MINUTE + 5)
}

function manifest(mode: string): PredictiveScaler {
  const parsed = parseScaler({
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { name: 'shop-web', namespace: 'shop', generation: 1 },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' },
      minReplicas: 2,
      maxReplicas: 60,
      mode,
      actuator: { type: 'HorizontalPodAutoscaler', name: 'shop-web' },
      demand: [
        { name: 'requests', prometheus: { query: 'sum(rps)' }, capacity: { averageValue: '100' } },
      ],
      reactive: { guard: { metric: 'cpu', averageUtilization: 85 } },
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}
