import { completeBehavior } from '../../forecaster/reactive/hpa/behavior.ts'
import type { HpaSpec } from '../../forecaster/reactive/hpa/hpa-spec.ts'
import type { MetricSpec, MetricTarget } from '../../forecaster/reactive/hpa/metric-spec.ts'
import type { LabelSelector } from '../lifecycle/label-selector.ts'
import { type HpaManifest, metricsOf } from './hpa-schema.ts'
import type { ManifestMetric } from './metric-schema.ts'

/** The manifest as the engine takes it. */
export function toHpaSpec(hpa: HpaManifest): HpaSpec {
  const { metadata, spec } = hpa
  const { minReplicas, maxReplicas, behavior } = spec
  return {
    ...{ namespace: metadata.namespace, minReplicas, maxReplicas },
    metrics: metricsOf(hpa).map(toMetricSpec),
    behavior:
      behavior === undefined ? null : completeBehavior(behavior.scaleUp, behavior.scaleDown),
  }
}

function toMetricSpec(metric: ManifestMetric): MetricSpec {
  const { resource, containerResource, pods, object, external } = metric
  if (resource !== undefined) {
    return { type: 'Resource', resource: resource.name, target: toTarget(resource.target) }
  }
  if (containerResource !== undefined) {
    const { name, container } = containerResource
    const target = toTarget(containerResource.target)
    return { type: 'ContainerResource', resource: name, container, target }
  }
  if (pods !== undefined) {
    return { type: 'Pods', metric: pods.metric.name, target: toTarget(pods.target) }
  }
  if (object !== undefined) {
    const { name, selector } = object.metric
    const described = { describedObject: object.describedObject, target: toTarget(object.target) }
    return { type: 'Object', metric: name, selectorText: selectorText(selector), ...described }
  }
  if (external !== undefined) {
    const { name, selector } = external.metric
    const target = toTarget(external.target)
    return { type: 'External', metric: name, selectorText: selectorText(selector), target }
  }
  return { type: 'Unknown', named: metric.type }
}

function toTarget(target: NonNullable<ManifestMetric['resource']>['target']): MetricTarget {
  const { type, averageUtilization, averageValue, value } = target
  return {
    type,
    ...(averageUtilization === undefined ? {} : { averageUtilizationPercent: averageUtilization }),
    ...(averageValue === undefined ? {} : { averageValue }),
    ...(value === undefined ? {} : { value }),
  }
}

/** As Go prints it, which is how the HPA names a metric that has one. */
function selectorText(selector: LabelSelector | undefined): string | null {
  if (selector === undefined) return null
  const labels = Object.entries(selector.matchLabels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`)
  const expressions = selector.matchExpressions.map(
    ({ key, operator, values }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  const all = `MatchLabels:map[string]string{${labels.join('')}},`
  return `&LabelSelector{${all}MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
}
