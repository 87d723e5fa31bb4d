import type { Int64 } from './int64.ts'

/**
 * What a metric is to be kept at. Which field counts is not always the one that `type` names: see
 * {@link proposeForMetric}. Values in thousandths.
 */
export interface MetricTarget {
  type: string
  averageUtilizationPercent?: number
  averageValue?: Int64
  value?: Int64
}

/** One entry of spec.metrics. */
export type MetricSpec =
  | { type: 'Resource'; resource: string; target: MetricTarget }
  | { type: 'ContainerResource'; resource: string; container: string; target: MetricTarget }
  | { type: 'Pods'; metric: string; target: MetricTarget }
  | {
      type: 'Object'
      metric: string
      /** The metric's label selector as the HPA prints it; null without one. */
      selectorText: string | null
      describedObject: { kind: string; name: string }
      target: MetricTarget
    }
  | { type: 'External'; metric: string; selectorText: string | null; target: MetricTarget }
  /** What no API server lets through. */
  | { type: 'Unknown'; named: string }
