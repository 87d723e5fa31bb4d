/** Cases of the whole sync. */
import { completeBehavior } from '../../forecaster/reactive/hpa/behavior.ts'
import type { Condition } from '../../forecaster/reactive/hpa/conditions.ts'
import type { ControllerSettings } from '../../forecaster/reactive/hpa/controller-settings.ts'
import { isFailure } from '../../forecaster/reactive/hpa/failure.ts'
import type { Scale } from '../../forecaster/reactive/hpa/hpa-spec.ts'
import type { MetricSpec, MetricTarget } from '../../forecaster/reactive/hpa/metric-spec.ts'
import { reconcile } from '../../forecaster/reactive/hpa/reconcile.ts'
import type { Sample } from '../../forecaster/reactive/hpa/sample.ts'
import type { Reconciled, SyncInput } from '../../forecaster/reactive/hpa/sync.ts'
import { readInt64, type Written } from './case-file.ts'
import {
  type CaseEvent,
  type CaseMetrics,
  type CasePod,
  type CaseRecommendation,
  type CaseRules,
  NOW_SECONDS,
  readEvents,
  readExternalSample,
  readObjectSample,
  readPod,
  readPodsSample,
  readRecommendations,
  readResourceSample,
} from './inputs.ts'

interface CaseMetricSpec {
  type: string
  resource?: string
  metric?: string
  container?: string
  targetType?: string
  target?: Written
}

export interface ReconcileInputs {
  hpa: {
    minReplicas: number | null
    maxReplicas: number
    metrics?: readonly CaseMetricSpec[] | null
    behavior?: { scaleUp?: CaseRules; scaleDown?: CaseRules } | null
    conditions?: Readonly<Record<string, string | { status: string; reason?: string }>> | null
  }
  scale: { specReplicas: number; statusReplicas: number; selector: string | null }
  config: {
    tolerance: number
    downscaleStabilizationS: number
    cpuInitializationPeriodS: number
    initialReadinessDelayS: number
    scaleUpLimitFactor: number
    scaleUpLimitMinimum: number
  }
  features?: Readonly<Record<string, boolean>>
  recommendations: readonly CaseRecommendation[] | null
  upEvents?: readonly CaseEvent[] | null
  downEvents?: readonly CaseEvent[] | null
  pods: readonly CasePod[]
  samples: Readonly<Record<string, unknown>>
  fault?: {
    getScale?: string | null
    updateScale?: string | null
    metricFetch?: readonly string[] | null
    otherHpa?: string | null
  } | null
}

/** Where upstream's test sets no target, its HPA has a cpu metric without one. */
const NO_TARGET: CaseMetricSpec = { type: 'Resource', resource: 'cpu' }

/** What the sync gives, in the words of the case format. */
export function reconcileCase(inputs: ReconcileInputs) {
  const input = readInputs(inputs)
  const reconciled = reconcile(input)
  return {
    desiredReplicas: reconciled.desiredReplicas,
    scaleUpdated: reconciled.written !== null,
    conditions: Object.fromEntries(
      reconciled.conditions.map(({ type, status, reason }) => [type, { status, reason }]),
    ),
    currentUtilization: utilizationOf(input.spec.metrics, reconciled),
    reconcileError: reconciled.error !== null,
  }
}

export function readInputs(inputs: ReconcileInputs): SyncInput {
  const { hpa, scale, config, features, fault, ...rest } = inputs
  const specs = hpa.metrics?.length ? hpa.metrics : [NO_TARGET]
  const { behavior } = hpa
  return {
    spec: {
      namespace: 'test-namespace',
      minReplicas: hpa.minReplicas ?? 1,
      maxReplicas: hpa.maxReplicas,
      metrics: specs.map(readMetricSpec),
      behavior: behavior == null ? null : completeBehavior(behavior.scaleUp, behavior.scaleDown),
    },
    status: {
      desiredReplicas: scale.specReplicas,
      conditions: Object.entries(hpa.conditions ?? {}).map(readCondition),
    },
    scale: fault?.getScale == null ? readScale(scale) : { failure: 'something went wrong' },
    pods: rest.pods.map(readPod),
    selectingHpas: hasRival(inputs)
      ? ['test-namespace/test-hpa', 'test-namespace/other-hpa']
      : ['test-namespace/test-hpa'],
    samples: specs.map((spec) => readSample(spec, rest.samples, fault?.metricFetch ?? [])),
    memory: {
      recommendations: rest.recommendations && readRecommendations(rest.recommendations),
      events: { up: readEvents(rest.upEvents), down: readEvents(rest.downEvents) },
    },
    settings: readSettings(config, features),
    // A conflict is retried at once, and taken then.
    writeRefusal: fault?.updateScale === 'error' ? 'something went wrong' : null,
    nowSeconds: NOW_SECONDS,
  }
}

/** A second HPA is one only over pods that both select. */
function hasRival({ fault, pods }: ReconcileInputs): boolean {
  const otherHpa = fault?.otherHpa ?? 'no-overlap'
  return otherHpa !== 'no-overlap' && pods.length > 0
}

function readMetricSpec(spec: CaseMetricSpec): MetricSpec {
  const { type, resource = '', container = '', metric = '' } = spec
  const target = readTarget(spec)
  switch (type) {
    case 'Resource':
      return { type, resource, target }
    case 'ContainerResource':
      return { type, resource, container, target }
    case 'Pods':
      return { type, metric, target }
    case 'Object': {
      const describedObject = { kind: 'Deployment', name: 'some-deployment' }
      return { type, metric, selectorText: null, describedObject, target }
    }
    case 'External':
      return { type, metric, selectorText: null, target }
    default:
      return { type: 'Unknown', named: type }
  }
}

function readTarget({ targetType: type = '', target }: CaseMetricSpec): MetricTarget {
  if (target == null) return { type }
  if (type === 'Utilization') return { type, averageUtilizationPercent: Number(target) }
  const value = readInt64(target)
  return type === 'Value' ? { type, value } : { type, averageValue: value }
}

function readCondition([type, said]: [string, string | { status: string; reason?: string }]) {
  const { status, reason = type } = typeof said === 'string' ? { status: said } : said
  return { type, status, reason, message: '' } as Condition
}

function readScale({ specReplicas, statusReplicas, selector }: ReconcileInputs['scale']): Scale {
  const counts = { specReplicas, statusReplicas }
  if (selector === null || selector === '' || selector === 'missing') {
    return { ...counts, selector: { kind: 'missing', failure: 'selector is required' } }
  }
  if (selector !== 'unparsable') return { ...counts, selector }
  const failure = "couldn't convert selector into a corresponding internal selector object"
  return { ...counts, selector: { kind: 'unparsable', failure } }
}

function readSample(
  { type, resource, metric }: CaseMetricSpec,
  samples: ReconcileInputs['samples'],
  failing: readonly string[],
): Sample {
  const word = type === 'ContainerResource' ? 'resource' : type.toLowerCase()
  const key = `${word}:${resource ?? metric ?? ''}`
  const sample = failing.includes(key) ? null : samples[key]
  switch (word) {
    case 'resource':
      return readResourceSample(sample as CaseMetrics)
    case 'pods':
      return readPodsSample(sample as CaseMetrics)
    case 'object':
      return readObjectSample(sample as Written | null)
    case 'external':
      return readExternalSample(sample as Written[] | null)
    default:
      return { failure: `${type} has no sample` }
  }
}

function readSettings(
  config: ReconcileInputs['config'],
  features: ReconcileInputs['features'] = {},
): ControllerSettings {
  return {
    tolerance: config.tolerance,
    downscaleStabilizationSeconds: config.downscaleStabilizationS,
    timing: {
      cpuInitializationPeriodSeconds: config.cpuInitializationPeriodS,
      initialReadinessDelaySeconds: config.initialReadinessDelayS,
    },
    upscaleLimit: { factor: config.scaleUpLimitFactor, minimum: config.scaleUpLimitMinimum },
    features: {
      configurableTolerance: features['HPAConfigurableTolerance'] ?? false,
      scaleToZero: features['HPAScaleToZero'] ?? false,
      podLevelResources: features['PodLevelResources'] ?? false,
    },
  }
}

/** Of the first cpu metric, of whole pods before those of single containers. */
function utilizationOf(metrics: readonly MetricSpec[], { proposed }: Reconciled): number | null {
  for (const wanted of ['Resource', 'ContainerResource']) {
    for (const [i, { type }] of metrics.entries()) {
      const proposal = proposed?.perMetric[i]
      if (type !== wanted || proposal === undefined || isFailure(proposal)) continue
      const { averageUtilizationPercent } = proposal.current
      if (averageUtilizationPercent !== undefined) return averageUtilizationPercent
    }
  }
  return null
}
