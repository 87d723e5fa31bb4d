/** Kinds of cases about metrics: from what was measured to replicas. */
import { type Failure, isFailure } from '../../forecaster/reactive/hpa/failure.ts'
import { groupPods } from '../../forecaster/reactive/hpa/group-pods.ts'
import type { Int64 } from '../../forecaster/reactive/hpa/int64.ts'
import type { Pod } from '../../forecaster/reactive/hpa/pod.ts'
import {
  meanReplicas,
  utilizationReplicas,
} from '../../forecaster/reactive/hpa/pod-metric-replicas.ts'
import { podRequest } from '../../forecaster/reactive/hpa/pod-request.ts'
import {
  customMetrics,
  externalMetric,
  objectMetric,
  resourceMetrics,
} from '../../forecaster/reactive/hpa/sample.ts'
import type { Tolerance } from '../../forecaster/reactive/hpa/tolerance.ts'
import { meanUsageOf, utilizationOf } from '../../forecaster/reactive/hpa/usage-ratio.ts'
import {
  averageValueReplicas,
  sumForAverageValue,
  sumForValue,
  usagePerReplica,
  valueReplicas,
} from '../../forecaster/reactive/hpa/workload-metric-replicas.ts'
import { type Got, readInt64, type Written } from './case-file.ts'
import {
  type CaseMetrics,
  type CasePod,
  NOW_SECONDS,
  readExternalSample,
  readObjectSample,
  readPod,
  readPodMetrics,
  readPodsSample,
  readResourceSample,
  written,
} from './inputs.ts'

interface PodsInputs {
  resource?: string
  container?: string | null
  pods: readonly CasePod[]
  cpuInitializationPeriodS?: number
  initialReadinessDelayS?: number
  tolerance: Tolerance
  currentReplicas: number
}

/** GetResourceReplicas; with a target average, the same metric taken plain. */
export function resourceReplicas(
  inputs: PodsInputs & {
    targetUtilization?: number
    targetAverage?: Written
    metrics: CaseMetrics
    features?: { PodLevelResources?: boolean }
  },
): Got {
  const container = inputs.container ?? null
  const metrics = resourceMetrics(readResourceSample(inputs.metrics), container)
  if (isFailure(metrics)) return failed(metrics)
  const common = { ...onPods(inputs), metrics, resource: inputs.resource ?? 'cpu' }
  if (inputs.targetAverage !== undefined) {
    const mean = meanReplicas({ ...common, target: readInt64(inputs.targetAverage) })
    if (isFailure(mean)) return failed(mean)
    return { replicas: mean.replicas, usage: written(mean.averageUsage) }
  }
  const utilization = utilizationReplicas({
    ...common,
    container,
    targetPercent: inputs.targetUtilization ?? NaN,
    podLevelResources: inputs.features?.PodLevelResources ?? false,
  })
  if (isFailure(utilization)) return failed(utilization)
  const { replicas, utilizationPercent, averageUsage } = utilization
  return { replicas, utilization: utilizationPercent, rawValue: written(averageUsage) }
}

/** GetMetricReplicas */
export function podsMetricReplicas(
  inputs: PodsInputs & { targetAverage: Written; metrics: CaseMetrics },
): Got {
  const metrics = customMetrics(readPodsSample(inputs.metrics))
  if (isFailure(metrics)) return failed(metrics)
  const target = readInt64(inputs.targetAverage)
  const mean = meanReplicas({ ...onPods(inputs), metrics, resource: '', target })
  if (isFailure(mean)) return failed(mean)
  return { replicas: mean.replicas, usage: written(mean.averageUsage) }
}

interface ValueInputs {
  currentReplicas: number
  targetValue: Written
  tolerance: Tolerance
  pods: readonly CasePod[]
}

/** GetObjectMetricReplicas */
export function objectMetricReplicas(inputs: ValueInputs & { value: Written | null }): Got {
  const object = objectMetric(readObjectSample(inputs.value))
  return isFailure(object) ? failed(object) : onValue(object.value, inputs)
}

/** GetExternalMetricReplicas */
export function externalMetricReplicas(inputs: ValueInputs & { values: Written[] | null }): Got {
  const values = externalMetric(readExternalSample(inputs.values))
  return isFailure(values) ? failed(values) : onValue(sumForValue(values), inputs)
}

interface PerPodInputs {
  statusReplicas: number
  targetAverage: Written
  tolerance: Tolerance
}

/** GetObjectPerPodMetricReplicas */
export function objectPerPodReplicas(inputs: PerPodInputs & { value: Written | null }): Got {
  const object = objectMetric(readObjectSample(inputs.value))
  return isFailure(object) ? failed(object) : perPod(object.value, inputs)
}

/** GetExternalPerPodMetricReplicas */
export function externalPerPodReplicas(inputs: PerPodInputs & { values: Written[] | null }): Got {
  const values = externalMetric(readExternalSample(inputs.values))
  return isFailure(values) ? failed(values) : perPod(sumForAverageValue(values), inputs)
}

/** GetResourceUtilizationRatio: a metric without a request is passed over. */
export function resourceUtilizationRatio(inputs: {
  metrics: NonNullable<CaseMetrics>
  requests: Readonly<Record<string, Written>>
  targetUtilization: number
}): Got {
  const shares = [...readPodMetrics(inputs.metrics)].flatMap(([pod, { value: usage }]) => {
    const request = inputs.requests[pod]
    return request === undefined ? [] : [{ usage, request: readInt64(request) }]
  })
  const utilization = utilizationOf(shares, inputs.targetUtilization)
  if (isFailure(utilization)) return failed(utilization)
  const { ratio, utilizationPercent, averageUsage } = utilization
  return { ratio, utilization: utilizationPercent, rawAverage: written(averageUsage) }
}

/** GetMetricUsageRatio */
export function metricUsageRatio(inputs: {
  metrics: NonNullable<CaseMetrics>
  target: Written
}): Got {
  const values = [...readPodMetrics(inputs.metrics).values()].map(({ value }) => value)
  const { ratio, averageUsage } = meanUsageOf(values, readInt64(inputs.target))
  return { ratio, usage: written(averageUsage) }
}

export function perPodUsage(inputs: { value: Written; statusReplicas: number }): Got {
  return { usage: written(usagePerReplica(readInt64(inputs.value), inputs.statusReplicas)) }
}

/** calculatePodRequests of one pod */
export function calculateRequests(inputs: {
  resource: string
  container?: string | null
  pod: CasePod
  features?: { PodLevelResources?: boolean }
}): Got {
  const podLevel = inputs.features?.PodLevelResources ?? false
  const container = inputs.container ?? null
  const request = podRequest(readPod(inputs.pod), inputs.resource, container, podLevel)
  return isFailure(request) ? failed(request) : { request: written(request) }
}

export function groupPodsCase(
  inputs: Pick<
    PodsInputs,
    'resource' | 'pods' | 'cpuInitializationPeriodS' | 'initialReadinessDelayS'
  > & { metrics: NonNullable<CaseMetrics> },
): Got {
  const { resource = 'cpu', pods, metrics } = inputs
  const groups = groupPods(
    pods.map(readPod),
    readPodMetrics(metrics),
    resource,
    timingOf(inputs),
    NOW_SECONDS,
  )
  return {
    readyPodCount: groups.ready.length,
    unready: namesOf(groups.unready),
    missing: namesOf(groups.missing),
    ignored: namesOf(groups.ignored),
  }
}

function onPods(inputs: PodsInputs) {
  return {
    pods: inputs.pods.map(readPod),
    currentReplicas: inputs.currentReplicas,
    tolerance: inputs.tolerance,
    timing: timingOf(inputs),
    nowSeconds: NOW_SECONDS,
  }
}

/** Upstream's tests run with 120 and 10 seconds. */
function timingOf(inputs: Pick<PodsInputs, 'cpuInitializationPeriodS' | 'initialReadinessDelayS'>) {
  return {
    cpuInitializationPeriodSeconds: inputs.cpuInitializationPeriodS ?? 120,
    initialReadinessDelaySeconds: inputs.initialReadinessDelayS ?? 10,
  }
}

function onValue(value: Int64, inputs: ValueInputs): Got {
  const { currentReplicas, tolerance } = inputs
  const pods = inputs.pods.map(readPod)
  const target = readInt64(inputs.targetValue)
  const replicas = valueReplicas(value, target, currentReplicas, tolerance, pods)
  return isFailure(replicas) ? failed(replicas) : { replicas, usage: written(value) }
}

function perPod(usage: Int64, { statusReplicas, targetAverage, tolerance }: PerPodInputs): Got {
  const target = readInt64(targetAverage)
  const replicas = averageValueReplicas(usage, target, statusReplicas, tolerance)
  return { replicas, usage: written(usagePerReplica(usage, statusReplicas)) }
}

function failed({ failure }: Failure): Got {
  return { error: failure }
}

function namesOf(pods: readonly Pod[]): string[] {
  return pods.map(({ name }) => name).sort()
}
