import { type Failure, isFailure, within } from './failure.ts'
import type { MetricSpec } from './metric-spec.ts'
import { meanReplicas, utilizationReplicas } from './pod-metric-replicas.ts'
import type { Proposal, Workload } from './proposal.ts'
import { customMetrics, resourceMetrics, type Sample } from './sample.ts'

type ResourceSpec = Extract<MetricSpec, { type: 'Resource' | 'ContainerResource' }>

/** An average value counts before a utilization, whatever the target's type says. */
export function proposeForResource(
  spec: ResourceSpec,
  sample: Sample,
  workload: Workload,
): Proposal | Failure {
  const { averageValue, averageUtilizationPercent } = spec.target
  if (averageValue === undefined && averageUtilizationPercent === undefined) {
    const neither = 'neither an average utilization target nor an average value (usage) target'
    return { failure: `invalid resource metric source: ${neither} was set` }
  }
  const { resource } = spec
  const proposed = forTarget(spec, sample, workload)
  if (!isFailure(proposed)) return proposed
  const sought = averageValue === undefined ? 'utilization' : 'usage'
  return within(`failed to get ${resource} ${sought}`, proposed)
}

function forTarget(spec: ResourceSpec, sample: Sample, workload: Workload): Proposal | Failure {
  const { resource, target } = spec
  const container = spec.type === 'ContainerResource' ? spec.container : null
  const metrics = resourceMetrics(sample, container)
  if (isFailure(metrics)) return within(`unable to get metrics for resource ${resource}`, metrics)
  const common = { ...workload, metrics, resource, currentReplicas: workload.specReplicas }
  const { averageValue, averageUtilizationPercent: targetPercent = NaN } = target
  if (averageValue !== undefined) {
    const mean = meanReplicas({ ...common, target: averageValue })
    if (isFailure(mean)) return mean
    const { replicas, averageUsage } = mean
    return { replicas, name: `${resource} resource`, current: { averageValue: averageUsage } }
  }
  const utilization = utilizationReplicas({ ...common, container, targetPercent })
  if (isFailure(utilization)) return utilization
  const { replicas, utilizationPercent, averageUsage } = utilization
  const part = container === null ? 'resource' : 'container resource'
  return {
    replicas,
    name: `${resource} ${part} utilization (percentage of request)`,
    current: { averageUtilizationPercent: utilizationPercent, averageValue: averageUsage },
  }
}

export function proposeForPods(
  { metric, target: { averageValue } }: Extract<MetricSpec, { type: 'Pods' }>,
  sample: Sample,
  workload: Workload,
): Proposal | Failure {
  if (averageValue === undefined) {
    return { failure: 'invalid pods metric source: no average value target was set' }
  }
  const metrics = customMetrics(sample)
  if (isFailure(metrics)) return within(`unable to get metric ${metric}`, metrics)
  const currentReplicas = workload.specReplicas
  const onPods = { ...workload, metrics, resource: '', currentReplicas }
  const mean = meanReplicas({ ...onPods, target: averageValue })
  if (isFailure(mean)) return mean
  const { replicas, averageUsage } = mean
  return { replicas, name: `pods metric ${metric}`, current: { averageValue: averageUsage } }
}
