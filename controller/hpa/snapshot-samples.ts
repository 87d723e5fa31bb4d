import type { MetricSpec } from '../../forecaster/reactive/hpa/metric-spec.ts'
import type { Sample } from '../../forecaster/reactive/hpa/sample.ts'
import type { Problem } from '../api/problem.ts'
import { selects } from '../lifecycle/label-selector.ts'
import type { ManifestMetric } from './metric-schema.ts'
import { toPodUsage } from './metric-values.ts'
import type { Snapshot } from './snapshot-schema.ts'

/** What the metrics APIs would answer for one metric; or what the snapshot lacks. */
export type SampleOrProblem = { sample: Sample } | { problem: Problem }

/**
 * The sample of one metric of the HPA.
 *
 * @param where the metric in the manifest, such as spec.metrics[0]: for the problem
 */
export function sampleOf(
  metric: ManifestMetric,
  spec: MetricSpec,
  snapshot: Snapshot,
  where: string,
): SampleOrProblem {
  const words = snapshot.unavailable[nameOf(spec)]
  if (words !== undefined) {
    const failure = `unable to fetch metrics from ${apiOf(spec)} metrics API: ${words}`
    return { sample: { failure } }
  }
  switch (spec.type) {
    case 'Resource':
    case 'ContainerResource':
      return resourceSample(spec.resource, snapshot, where)
    case 'Pods':
      return podsSample(spec.metric, snapshot, where)
    case 'Object':
      return objectSample(spec, snapshot, where)
    case 'External':
      return externalSample(spec.metric, metric, snapshot, where)
    case 'Unknown':
      return { sample: { failure: `${spec.named} is no type of metric` } }
  }
}

/** The name by which a metric is said to be unavailable. */
export function nameOf(spec: MetricSpec): string {
  switch (spec.type) {
    case 'Resource':
    case 'ContainerResource':
      return spec.resource
    case 'Unknown':
      return spec.named
    case 'Pods':
    case 'Object':
    case 'External':
      return spec.metric
  }
}

export function apiOf({ type }: MetricSpec): 'resource' | 'custom' | 'external' {
  if (type === 'External') return 'external'
  return type === 'Pods' || type === 'Object' ? 'custom' : 'resource'
}

function lacking(path: keyof Snapshot, name: string, what: string, where: string): SampleOrProblem {
  const instead = `or name "${name}" under unavailable for a fetch that fails`
  return { problem: { path, message: `has no ${what}, which ${where} needs; add it, ${instead}` } }
}

function resourceSample(resource: string, { podMetrics }: Snapshot, where: string) {
  const pods = (podMetrics ?? []).map((one) => toPodUsage(one, resource))
  const some = pods.some(({ containers }) => containers.some(({ usage }) => usage !== null))
  if (!some) return lacking('podMetrics', resource, `usage of ${resource}`, where)
  return { sample: { kind: 'resource' as const, pods } }
}

function podsSample(metric: string, { customMetrics = [] }: Snapshot, where: string) {
  const pods = customMetrics
    .filter(
      ({ describedObject, ...one }) => describedObject.kind === 'Pod' && one.metric === metric,
    )
    .map(({ describedObject, value, atSeconds, windowSeconds }) => {
      return { pod: describedObject.name, value, atSeconds, windowSeconds }
    })
  if (pods.length === 0) return lacking('customMetrics', metric, `${metric} of any Pod`, where)
  return { sample: { kind: 'pods' as const, pods } }
}

function objectSample(
  { metric, describedObject: { kind, name } }: Extract<MetricSpec, { type: 'Object' }>,
  { customMetrics = [] }: Snapshot,
  where: string,
) {
  const found = customMetrics.find(
    ({ describedObject, ...one }) =>
      one.metric === metric && describedObject.kind === kind && describedObject.name === name,
  )
  if (found === undefined) {
    return lacking('customMetrics', metric, `${metric} of ${kind}/${name}`, where)
  }
  return { sample: { kind: 'object' as const, value: found.value } }
}

function externalSample(
  name: string,
  { external }: ManifestMetric,
  { externalMetrics = [] }: Snapshot,
  where: string,
) {
  const selector = external?.metric.selector
  const values = externalMetrics
    .filter(({ metricName }) => metricName === name)
    .filter(({ metricLabels }) => selector === undefined || selects(selector, metricLabels))
    .map(({ value }) => value)
  if (values.length === 0) {
    const labels = selector === undefined ? '' : ' with the labels of its selector'
    return lacking('externalMetrics', name, `value of ${name}${labels}`, where)
  }
  return { sample: { kind: 'external' as const, values } }
}
