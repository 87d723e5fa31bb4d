import type { Expected, Got, HpaCase } from './case-file.ts'
import * as limits from './limit-kinds.ts'
import * as metrics from './metric-kinds.ts'
import { reconcileCase } from './reconcile-kind.ts'

/** A file's inputs are what its page says they are: each kind reads its own. */
type Run = (inputs: never) => Got

const KINDS: Readonly<Record<string, Run>> = {
  resource_replicas: metrics.resourceReplicas,
  pods_metric_replicas: metrics.podsMetricReplicas,
  object_metric_replicas: metrics.objectMetricReplicas,
  object_per_pod_replicas: metrics.objectPerPodReplicas,
  external_metric_replicas: metrics.externalMetricReplicas,
  external_per_pod_replicas: metrics.externalPerPodReplicas,
  resource_utilization_ratio: metrics.resourceUtilizationRatio,
  metric_usage_ratio: metrics.metricUsageRatio,
  per_pod_usage: metrics.perPodUsage,
  calculate_requests: metrics.calculateRequests,
  group_pods: metrics.groupPodsCase,
  reconcile: reconcileCase,
  limit_without_behavior: limits.limitWithoutBehavior,
  scale_limit: limits.scaleLimit,
  stabilize_without_behavior: limits.stabilizeWithout,
  behavior_rate: limits.behaviorRate,
  store_event: limits.storeEvent,
  stabilize_with_behavior: limits.stabilizeWith,
}

/** What the engine makes of a case; what it threw, as an error. */
export function runCase({ kind, inputs }: HpaCase): Got {
  const run = KINDS[kind]
  if (run === undefined) return { error: `unknown kind of case ${kind}` }
  try {
    return run(inputs as never)
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** Whether the result is the expected one, or one of the others that count as right. */
export function agrees(got: Got, { expected, acceptAlso = [] }: HpaCase): boolean {
  return [expected, ...acceptAlso].some((accepted) => matches(got, accepted))
}

/** Only fields that are expected are compared; of an error only that there is one. */
function matches(got: Got, expected: Expected): boolean {
  if (expected['error'] != null) return 'error' in got
  if ('error' in got || 'thrown' in got) return false
  return Object.entries(expected).every(([field, value]) => {
    if (field === 'error') return true
    if (field === 'conditions') return includes(got['conditions'], value)
    if (field === 'conditionsAbsent') return lacks(got['conditions'], value)
    return same(got[field], value)
  })
}

/** Every expected condition is there with its status and reason; others may be. */
function includes(conditions: unknown, expected: unknown): boolean {
  const seen = conditions as Record<string, unknown>
  return Object.entries(expected as object).every(([type, condition]) => {
    return same(seen[type], condition)
  })
}

function lacks(conditions: unknown, absent: unknown): boolean {
  const seen = conditions as Record<string, unknown>
  return (absent as string[]).every((type) => seen[type] === undefined)
}

/** Equal by value; whole numbers also when one is decimal text, others to the last digits. */
function same(got: unknown, expected: unknown): boolean {
  if (Array.isArray(got) && Array.isArray(expected)) {
    return got.length === expected.length && got.every((value, i) => same(value, expected[i]))
  }
  if (isObject(got) && isObject(expected)) {
    return Object.entries(expected).every(([field, value]) => same(got[field], value))
  }
  if (typeof got === 'number' && typeof expected === 'number') {
    return got === expected || Math.abs(got - expected) <= 1e-12 * Math.abs(expected)
  }
  return JSON.stringify(got ?? null) === JSON.stringify(expected) || isSameInt64(got, expected)
}

/** A case may write any whole number as text. */
function isSameInt64(got: unknown, expected: unknown): boolean {
  const whole = [got, expected].map((value) =>
    (typeof value === 'number' || typeof value === 'string') && /^-?\d+$/.test(`${value}`)
      ? BigInt(value)
      : undefined,
  )
  return whole[0] !== undefined && whole[0] === whole[1]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
