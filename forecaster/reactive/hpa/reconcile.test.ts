import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeBehavior } from './behavior.ts'
import type { Condition } from './conditions.ts'
import { DEFAULT_SETTINGS } from './controller-settings.ts'
import { NOW, servingPods } from './example-pods.ts'
import type { HpaSpec, Scale } from './hpa-spec.ts'
import { EMPTY_MEMORY, type HpaMemory } from './memory.ts'
import { reconcile } from './reconcile.ts'
import type { Reconciled, SyncInput } from './sync.ts'

const QUEUE: HpaSpec = {
  ...{ namespace: 'shop', minReplicas: 2, maxReplicas: 20, behavior: null },
  metrics: [
    {
      ...{ type: 'External', metric: 'queue', selectorText: null },
      target: { type: 'AverageValue', averageValue: 1000 },
    },
  ],
}

interface Change extends Partial<Pick<SyncInput, Kept>> {
  spec?: Partial<HpaSpec>
  scale?: Partial<Scale>
  conditions?: Condition[]
  queue?: number | null
  features?: Partial<(typeof DEFAULT_SETTINGS)['features']>
}

type Kept = 'memory' | 'pods' | 'selectingHpas' | 'writeRefusal' | 'nowSeconds'

function input(replicas: number, change: Change = {}): SyncInput {
  const { spec, scale, conditions = [], queue = 1000 * replicas, features, ...rest } = change
  return {
    spec: { ...QUEUE, ...spec },
    status: { desiredReplicas: replicas, conditions },
    scale: { specReplicas: replicas, statusReplicas: replicas, selector: 'app=web', ...scale },
    pods: servingPods(replicas),
    selectingHpas: ['shop/web'],
    samples: [
      queue === null ? { failure: 'unable to fetch' } : { kind: 'external', values: [queue] },
    ],
    memory: { ...EMPTY_MEMORY, recommendations: [] },
    settings: { ...DEFAULT_SETTINGS, features: { ...DEFAULT_SETTINGS.features, ...features } },
    writeRefusal: null,
    nowSeconds: NOW,
    ...rest,
  }
}

function reasons({ conditions }: Reconciled) {
  return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`)
}

const ABLE = 'AbleToScale=True '
const ACTIVE = 'ScalingActive=True ValidMetricFound'
const WITHIN = 'ScalingLimited=False DesiredWithinRange'

describe('the order of one sync', () => {
  it.each([
    {
      name: 'nothing to do',
      sync: input(4),
      desired: 4,
      reasons: [`${ABLE}ReadyForNewScale`, ACTIVE, WITHIN],
    },
    {
      name: 'up',
      sync: input(4, { queue: 6000 }),
      written: 6,
      why: 'external metric queue(nil) above target',
      reasons: [`${ABLE}SucceededRescale`, ACTIVE, WITHIN],
    },
    {
      name: 'down',
      sync: input(4, { queue: 3000 }),
      written: 3,
      why: 'All metrics below target',
      reasons: [`${ABLE}SucceededRescale`, ACTIVE, WITHIN],
    },
    {
      name: 'the first sync records what it finds, which holds',
      sync: input(4, { queue: 3000, memory: EMPTY_MEMORY }),
      desired: 4,
      reasons: [`${ABLE}ScaleDownStabilized`, ACTIVE, WITHIN],
    },
    {
      name: 'limited',
      sync: input(4, { queue: 30_000 }),
      written: 8,
      why: 'external metric queue(nil) above target',
      reasons: [`${ABLE}SucceededRescale`, ACTIVE, 'ScalingLimited=True ScaleUpLimit'],
    },
    {
      name: 'above the maximum: no metric is asked',
      sync: input(25, { queue: null }),
      written: 20,
      why: 'Current number of replicas above Spec.MaxReplicas',
      reasons: [`${ABLE}SucceededRescale`],
    },
    {
      name: 'below the minimum: no metric is asked',
      sync: input(1, { queue: null }),
      written: 2,
      why: 'Current number of replicas below Spec.MinReplicas',
      reasons: [`${ABLE}SucceededRescale`],
    },
    {
      name: 'no metric',
      sync: input(4, { queue: null }),
      desired: 4,
      error: /^failed to compute desired number of replicas based on listed metrics: invalid/,
      reasons: [`${ABLE}SucceededGetScale`, 'ScalingActive=False FailedGetExternalMetric'],
    },
    {
      name: 'scaled to 0 by hand',
      sync: input(0, { queue: 9000 }),
      desired: 0,
      reasons: [`${ABLE}SucceededGetScale`, 'ScalingActive=False ScalingDisabled'],
    },
    {
      name: 'no scale',
      sync: { ...input(4), scale: { failure: 'not found' } },
      desired: 4,
      error: /not found/,
      reasons: ['AbleToScale=False FailedGetScale'],
    },
    {
      name: 'the write is refused',
      sync: input(4, { queue: 6000, writeRefusal: 'forbidden' }),
      desired: 4,
      why: 'external metric queue(nil) above target',
      error: /^failed to rescale: forbidden/,
      reasons: ['AbleToScale=False FailedUpdateScale', ACTIVE, WITHIN],
    },
    {
      name: 'no selector',
      sync: input(4, { scale: { selector: { kind: 'missing', failure: 'selector is required' } } }),
      desired: 4,
      error: /selector is required$/,
      reasons: [`${ABLE}SucceededGetScale`, 'ScalingActive=False InvalidSelector'],
    },
    {
      name: 'another HPA on the same pods',
      sync: input(4, { selectingHpas: ['shop/web', 'shop/other'] }),
      desired: 4,
      error: /controlled by multiple HPAs: \[shop\/web shop\/other\]$/,
      reasons: [`${ABLE}SucceededGetScale`, 'ScalingActive=False AmbiguousSelector'],
    },
  ])('$name', ({ sync, written = null, desired, why = '', error, reasons: expected }) => {
    const after = reconcile(sync)
    expect(after).toMatchObject({
      written,
      desiredReplicas: desired ?? written,
      rescaleReason: why,
    })
    expect(reasons(after)).toEqual(expected)
    if (error === undefined) expect(after.error).toBeNull()
    else expect(after.error).toMatch(error)
  })

  it('a metric that fails beside one that scales up is told, and followed by neither', () => {
    const [queue] = QUEUE.metrics
    if (queue === undefined) throw new Error('the example has a metric')
    const both = input(4, { spec: { metrics: [queue, queue] } })
    const samples = [{ failure: 'unable to fetch' }, { kind: 'external' as const, values: [6000] }]
    const after = reconcile({ ...both, samples })
    expect(after).toMatchObject({ written: 6, desiredReplicas: 6 })
    expect(after.error).toMatch(/^invalid metrics \(1 invalid out of 2\)/)
  })

  it('conditions of the sync before keep their place', () => {
    const before: Condition[] = [
      { type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas', message: '' },
      { type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message: '' },
    ]
    const after = reconcile(input(4, { conditions: before }))
    expect(after.conditions.map(({ type }) => type)).toEqual([
      ...['ScalingLimited', 'AbleToScale', 'ScalingActive'],
    ])
  })
})

describe('to zero and back', () => {
  const toZero = { features: { scaleToZero: true }, spec: { minReplicas: 0 } }
  const scaledToZero: Condition[] = [
    { type: 'ScaledToZero', status: 'True', reason: 'ScaledToZero', message: '' },
  ]

  it('goes to 0 where the minimum is 0 and a metric of the whole tells of load', () => {
    const after = reconcile(input(2, { ...toZero, queue: 0 }))
    expect(after.written).toBe(0)
    expect(reasons(after)).toContain('ScaledToZero=True ScaledToZero')
  })

  it('every other change says that it did not', () => {
    expect(reasons(reconcile(input(2, { ...toZero, queue: 3000 })))).toContain(
      'ScaledToZero=False NotScaledToZero',
    )
    expect(reasons(reconcile(input(25, { features: { scaleToZero: true } })))).toContain(
      'ScaledToZero=False NotScaledToZero',
    )
  })

  it('comes back from 0 only where it went there itself', () => {
    const from = { ...toZero, queue: 3000 }
    expect(reconcile(input(0, from)).written).toBeNull()
    expect(reconcile(input(0, { ...from, conditions: scaledToZero })).written).toBe(3)
  })

  it('comes back to a minimum that was raised meanwhile, beyond the rate limit too', () => {
    const raised = { ...toZero, spec: { minReplicas: 6 }, conditions: scaledToZero }
    const after = reconcile(input(0, { ...raised, queue: 0 }))
    expect(after).toMatchObject({
      ...{ written: 6, rescaleReason: 'Current number of replicas below Spec.MinReplicas' },
    })
    expect(reconcile(input(0, { ...raised, queue: 9000 })).written).toBe(6)
  })

  it('without the feature the condition goes, and 0 is final', () => {
    const after = reconcile(input(0, { conditions: scaledToZero, queue: 9000 }))
    expect(after.written).toBeNull()
    expect(reasons(after).join()).not.toContain('ScaledToZero')
  })
})

describe('behavior', () => {
  const behavior = completeBehavior({ tolerance: 0.5 }, { tolerance: 0.05 })

  it('has tolerances of its own, where the cluster follows them', () => {
    const desired = (queue: number, configurableTolerance: boolean) =>
      reconcile(input(10, { queue, spec: { behavior }, features: { configurableTolerance } }))
        .desiredReplicas
    expect([desired(15_000, true), desired(15_001, true)]).toEqual([10, 16])
    expect([desired(9_500, true), desired(9_499, true)]).toEqual([10, 10])
    expect([desired(11_000, false), desired(11_001, false)]).toEqual([10, 12])
  })

  it('has changes remembered by direction, also those that no metric asked for', () => {
    const change = (replicas: number, queue: number) =>
      reconcile(input(replicas, { queue, spec: { behavior } })).memory.events
    const at = { atSeconds: NOW, outdated: false }
    expect(change(4, 8000)).toEqual({ up: [{ change: 4, ...at }], down: [] })
    expect(change(25, 8000)).toEqual({ up: [], down: [{ change: 5, ...at }] })
    expect(reconcile(input(4, { queue: 8000 })).memory.events).toEqual(EMPTY_MEMORY.events)
  })

  it('holds a rise back by its window', () => {
    const slow = completeBehavior({ stabilizationWindowSeconds: 60 }, null)
    const recommendations = [{ replicas: 5, atSeconds: NOW - 59 }]
    const memory: HpaMemory = { ...EMPTY_MEMORY, recommendations }
    const after = reconcile(input(4, { queue: 8000, spec: { behavior: slow }, memory }))
    expect(after.written).toBe(5)
    expect(after.normalized?.ableToScale.reason).toBe('ScaleUpStabilized')
  })
})

describe('whatever happens', () => {
  const queues = fc.array(fc.option(fc.nat(40_000), { freq: 6 }), { minLength: 1, maxLength: 60 })
  const policy = fc.record({
    ...{ type: fc.constantFrom('Pods' as const, 'Percent' as const) },
    ...{ value: fc.integer({ min: 1, max: 150 }), periodSeconds: fc.integer({ min: 1, max: 200 }) },
  })
  const rules = fc.record({
    stabilizationWindowSeconds: fc.nat(200),
    selectPolicy: fc.constantFrom('Max' as const, 'Min' as const),
    policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
  })
  const behaviors = fc.option(
    fc.tuple(rules, rules).map(([up, down]) => completeBehavior(up, down)),
  )

  /** Syncs 15 s apart, each on the replicas that the one before left. */
  function* syncs(values: readonly (number | null)[], spec: Partial<HpaSpec>, start: number) {
    let [replicas, memory] = [start, EMPTY_MEMORY]
    for (const [i, queue] of values.entries()) {
      const nowSeconds = NOW + 15 * i
      const after = reconcile(input(replicas, { queue, spec, memory, nowSeconds, pods: [] }))
      yield { before: replicas, after }
      replicas = after.written ?? replicas
      memory = after.memory
    }
  }

  it('replicas are within the bounds after every sync', () => {
    fc.assert(
      fc.property(queues, behaviors, fc.integer({ min: 1, max: 40 }), (values, behavior, start) => {
        for (const { before, after } of syncs(values, { behavior }, start)) {
          const replicas = after.written ?? before
          expect(replicas).toBeGreaterThanOrEqual(2)
          expect(replicas).toBeLessThanOrEqual(20)
        }
      }),
    )
  })

  it('a sync without a metric changes nothing within the bounds', () => {
    fc.assert(
      fc.property(queues, behaviors, (values, behavior) => {
        for (const { after } of syncs(values, { behavior }, 4)) {
          if (after.error !== null) expect(after.written).toBeNull()
        }
      }),
    )
  })

  it('comes to rest under a steady load, and stays there', () => {
    fc.assert(
      fc.property(fc.nat(40_000), behaviors, fc.integer({ min: 1, max: 40 }), (...drawn) => {
        const [queue, behavior, start] = drawn
        // The slowest policy drawn takes 200 s a pod.
        const steady = Array<number>(400).fill(queue)
        const last = [...syncs(steady, { behavior }, start)].slice(-30)
        for (const { after } of last) expect(after.written).toBeNull()
      }),
      { numRuns: 30 },
    )
  })
})
