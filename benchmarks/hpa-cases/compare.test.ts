import { describe, expect, it } from 'vitest'
import { agrees, runCase } from './compare.ts'

const TOLERANCE = { up: 0.1, down: 0.1 }
const MAX_INT64 = '9223372036854775807'

function pod(name: string, change: object = {}) {
  return {
    ...{ name, phase: 'Running', ready: 'True', startAgeS: 900, readyTransitionAgeS: 890 },
    ...{ deleted: false, containers: [{ name: 'app', cpuRequest: 1000 }] },
    ...change,
  }
}

const using = (usage: number | string) => ({ ageS: 15, windowS: 30, containers: { app: usage } })
const pods = [pod('a'), pod('b')]
const policies = [{ type: 'Pods', value: 3, periodSeconds: 60 }]
const timing = { cpuInitializationPeriodS: 120, initialReadinessDelayS: 10 }

/** One of every kind. */
const CASES: Record<string, { inputs: object; expected: object }> = {
  resource_replicas: {
    inputs: {
      ...{ resource: 'cpu', container: null, currentReplicas: 2, targetUtilization: 50 },
      ...{ tolerance: TOLERANCE, pods, metrics: { a: using(700), b: using(500) }, ...timing },
    },
    expected: { replicas: 3, utilization: 60, rawValue: 600 },
  },
  pods_metric_replicas: {
    inputs: {
      ...{ currentReplicas: 2, targetAverage: 1000, tolerance: TOLERANCE, pods },
      metrics: { a: { value: 2000 }, b: { value: 1000 } },
    },
    expected: { replicas: 3, usage: 1500 },
  },
  object_metric_replicas: {
    inputs: { currentReplicas: 2, targetValue: 1000, value: 3000, tolerance: TOLERANCE, pods },
    expected: { replicas: 6, usage: 3000 },
  },
  object_per_pod_replicas: {
    inputs: { statusReplicas: 2, targetAverage: 1000, value: 3001, tolerance: TOLERANCE },
    expected: { replicas: 4, usage: 1501 },
  },
  external_metric_replicas: {
    inputs: { currentReplicas: 0, targetValue: 1000, values: [1, 2], tolerance: TOLERANCE, pods },
    expected: { replicas: 1, usage: 3 },
  },
  external_per_pod_replicas: {
    inputs: { statusReplicas: 1, targetAverage: 1, values: [MAX_INT64], tolerance: TOLERANCE },
    expected: { replicas: 2147483647, usage: MAX_INT64 },
  },
  resource_utilization_ratio: {
    inputs: { metrics: { a: 10, b: 20 }, requests: { a: 100 }, targetUtilization: 20 },
    expected: { ratio: 0.5, utilization: 10, rawAverage: 10 },
  },
  metric_usage_ratio: {
    inputs: { metrics: { a: 10, b: 21 }, target: 10 },
    expected: { ratio: 1.5, usage: 15 },
  },
  per_pod_usage: { inputs: { value: 10, statusReplicas: 4 }, expected: { usage: 3 } },
  calculate_requests: {
    inputs: {
      ...{ resource: 'cpu', container: null, features: { PodLevelResources: false } },
      pod: pod('a', {
        initContainers: [
          { name: 'side', cpuRequest: 5, restartPolicy: 'Always' },
          { name: 'set-up', cpuRequest: 7 },
        ],
      }),
    },
    expected: { request: 1005 },
  },
  group_pods: {
    inputs: {
      ...{ resource: 'cpu', ...timing },
      pods: [...pods, pod('d', { phase: 'Pending' }), pod('c', { ready: null }), pod('e')],
      metrics: { a: using(1), c: using(1), d: using(1), e: using(1) },
    },
    expected: { readyPodCount: 2, unready: ['c', 'd'], missing: ['b'], ignored: [] },
  },
  reconcile: {
    inputs: {
      hpa: {
        ...{ minReplicas: 1, maxReplicas: 9, behavior: null, conditions: {}, lastScaleAgeS: null },
        metrics: [{ type: 'Resource', resource: 'cpu', targetType: 'Utilization', target: 50 }],
      },
      scale: { specReplicas: 2, statusReplicas: 2, selector: 'app=web' },
      config: {
        ...{ tolerance: 0.1, downscaleStabilizationS: 300, ...timing },
        ...{ scaleUpLimitFactor: 2, scaleUpLimitMinimum: 4 },
      },
      ...{ features: {}, recommendations: [], pods, fault: { updateScale: 'conflict-once' } },
      samples: { 'resource:cpu': { a: using(700), b: using(500) } },
    },
    expected: {
      ...{ desiredReplicas: 3, scaleUpdated: true, currentUtilization: 60, reconcileError: false },
      conditions: { AbleToScale: { status: 'True', reason: 'SucceededRescale' } },
      conditionsAbsent: ['ScaledToZero'],
    },
  },
  limit_without_behavior: {
    inputs: {
      ...{ currentReplicas: 5, desiredReplicas: 90, minReplicas: 1, maxReplicas: 100 },
      ...{ scaleUpLimitFactor: 8, scaleUpLimitMinimum: 4 },
    },
    expected: { replicas: 40, reason: 'ScaleUpLimit' },
  },
  scale_limit: {
    inputs: {
      ...{ direction: 'down', currentReplicas: 9, rules: { policies } },
      ...{ upEvents: [{ change: 1, ageS: 59 }], downEvents: [{ change: 2, ageS: 60 }] },
    },
    expected: { limit: 5 },
  },
  stabilize_without_behavior: {
    inputs: { windowS: 300, recommendations: [{ replicas: 8, ageS: 300 }], desiredReplicas: 3 },
    expected: { replicas: 8, storedCount: 2 },
  },
  behavior_rate: {
    inputs: {
      ...{ currentReplicas: 5, desiredReplicas: 9, minReplicas: 1, maxReplicas: 100 },
      ...{ scaleUp: { policies }, scaleDown: null, upEvents: [], downEvents: [] },
    },
    expected: { replicas: 8, reason: 'ScaleUpLimit' },
  },
  store_event: {
    inputs: { change: 4, rules: { policies }, previous: [{ change: 7, ageS: 61 }] },
    expected: { sumLast60s: 0, stored: [{ change: 4, outdated: false }] },
  },
  stabilize_with_behavior: {
    inputs: {
      ...{ recommendations: [{ replicas: 8, ageS: 300 }], currentReplicas: 9, desiredReplicas: 3 },
      ...{ scaleUpWindowS: 0, scaleDownWindowS: 300 },
    },
    expected: { replicas: 3, storedReplicas: [8, 3] },
  },
}

function caseOf(kind: string, change: object = {}) {
  const one = { inputs: {}, expected: {}, ...CASES[kind], ...change }
  return { name: `${kind}/own`, kind, ...one } as Parameters<typeof runCase>[0]
}

describe('every kind', () => {
  it.each(Object.keys(CASES))('%s', (kind) => {
    const one = caseOf(kind)
    expect(runCase(one)).toMatchObject(kind === 'reconcile' ? {} : one.expected)
    expect(agrees(runCase(one), one)).toBe(true)
  })
})

describe('what counts as agreeing', () => {
  const verdict = (change: object, kind = 'per_pod_usage') => {
    const one = caseOf(kind, change)
    return agrees(runCase(one), one)
  }

  it('another number does not', () => {
    expect(verdict({ expected: { usage: 4 } })).toBe(false)
  })

  it('unless it is one of the others that count as right', () => {
    expect(verdict({ expected: { usage: 4 }, acceptAlso: [{ usage: 3 }] })).toBe(true)
  })

  it('fields that are not expected are not compared', () => {
    expect(verdict({ expected: {} })).toBe(true)
  })

  it('any error is the expected one, and no result is', () => {
    const noPods = { ...CASES['object_metric_replicas']?.inputs, pods: [] }
    const kind = 'object_metric_replicas'
    expect(verdict({ inputs: noPods, expected: { error: 'some words' } }, kind)).toBe(true)
    expect(verdict({ inputs: noPods, expected: { replicas: 6 } }, kind)).toBe(false)
    expect(verdict({ expected: { error: 'some words' } })).toBe(false)
  })

  it('a whole number may be text', () => {
    expect(verdict({ expected: { usage: '3' } })).toBe(true)
    expect(verdict({ expected: { usage: '4' } })).toBe(false)
  })

  it('conditions are compared by status and reason, absent ones too', () => {
    const conditions = { AbleToScale: { status: 'True', reason: 'ReadyForNewScale' } }
    expect(verdict({ expected: { conditions } }, 'reconcile')).toBe(false)
    expect(verdict({ expected: { conditionsAbsent: ['AbleToScale'] } }, 'reconcile')).toBe(false)
  })

  it('a kind that is not known differs, and so does what makes the engine throw', () => {
    expect(verdict({ expected: { replicas: 1 } }, 'something_new')).toBe(false)
    expect(verdict({ inputs: {}, expected: { replicas: 1 } }, 'resource_replicas')).toBe(false)
  })
})
