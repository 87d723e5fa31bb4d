import { isFailure } from '../../../forecaster/reactive/hpa/failure.ts'
import type { Int64 } from '../../../forecaster/reactive/hpa/int64.ts'
import type { MetricSpec } from '../../../forecaster/reactive/hpa/metric-spec.ts'
import type {
  MetricCurrent,
  MetricFailure,
  Proposal,
} from '../../../forecaster/reactive/hpa/proposal.ts'
import type { DryRun } from '../../hpa/dry-run.ts'
import { formatQuantity } from '../../hpa/format-quantity.ts'

/** One metric: what it is, where it stands, and what it alone would set. */
export interface MetricLine {
  /** As `kubectl describe hpa` calls it. */
  metric: string
  current: string
  target: string
  /** Replicas it proposes; null where it proposes none or was not asked. */
  proposes: number | null
  /** Why it proposes none; null otherwise. */
  failure: string | null
}

const UNKNOWN = '<unknown>'

export function metricLines({ spec, reconciled }: DryRun): MetricLine[] {
  return spec.metrics.map((metric, i) => {
    const proposed = reconciled.proposed?.perMetric[i] ?? null
    return {
      metric: describe(metric),
      current: currentOf(metric, proposed),
      target: targetOf(metric),
      proposes: proposed === null || isFailure(proposed) ? null : proposed.replicas,
      failure: proposed !== null && isFailure(proposed) ? proposed.failure : null,
    }
  })
}

function describe(metric: MetricSpec): string {
  switch (metric.type) {
    case 'Resource':
      return `resource ${metric.resource} on pods${share(metric)}`
    case 'ContainerResource': {
      const { resource, container } = metric
      return `resource ${resource} of container "${container}" on pods${share(metric)}`
    }
    case 'Pods':
      return `"${metric.metric}" on pods`
    case 'Object': {
      const { kind, name } = metric.describedObject
      const aimed = metric.target.type === 'AverageValue' ? 'target average value' : 'target value'
      return `"${metric.metric}" on ${kind}/${name} (${aimed})`
    }
    case 'External': {
      const perPod = metric.target.averageValue !== undefined
      return `"${metric.metric}" (${perPod ? 'target average value' : 'target value'})`
    }
    case 'Unknown':
      return `<unknown metric type "${metric.named}">`
  }
}

function share({ target }: Extract<MetricSpec, { resource: string }>): string {
  return target.averageValue === undefined ? ' (as a percentage of request)' : ''
}

function currentOf(metric: MetricSpec, proposed: Proposal | MetricFailure | null): string {
  if (proposed === null || isFailure(proposed)) return UNKNOWN
  const { averageUtilizationPercent, averageValue, value }: MetricCurrent = proposed.current
  if (averageUtilizationPercent !== undefined) {
    return `${averageUtilizationPercent}% (${amount(metric, averageValue)})`
  }
  return amount(metric, averageValue ?? value)
}

function targetOf(metric: MetricSpec): string {
  if (metric.type === 'Unknown') return UNKNOWN
  const { averageUtilizationPercent, averageValue, value, type } = metric.target
  // An object's target is what its type names; elsewhere an average value comes first.
  if (metric.type === 'Object' && type === 'Value') return amount(metric, value)
  if (averageValue !== undefined) return amount(metric, averageValue)
  if (averageUtilizationPercent !== undefined) return `${averageUtilizationPercent}%`
  return amount(metric, value)
}

function amount(metric: MetricSpec, milli: Int64 | undefined): string {
  if (milli === undefined) return UNKNOWN
  const isMemory = 'resource' in metric && metric.resource === 'memory'
  return formatQuantity(milli, isMemory)
}
