import { z } from 'zod'

import type { PodUsage } from '../../forecaster/reactive/hpa/sample.ts'
import { amount, amountFromZero } from './amount.ts'
import { goDuration, secondsOf } from './times.ts'

/** An item of a PodMetricsList of metrics.k8s.io. */
export const podMetricsSchema = z.object({
  metadata: z.object({ name: z.string().min(1) }),
  timestamp: secondsOf,
  window: goDuration,
  containers: z.array(z.object({ name: z.string(), usage: z.record(z.string(), amountFromZero) })),
})

/** Usage of one resource; null where a container's entry lacks it. */
export function toPodUsage(
  { metadata, timestamp, window, containers }: z.output<typeof podMetricsSchema>,
  resource: string,
): PodUsage {
  return {
    ...{ pod: metadata.name, atSeconds: timestamp, windowSeconds: window },
    containers: containers.map(({ name, usage }) => ({ name, usage: usage[resource] ?? null })),
  }
}

/** Of a custom metric that names no window. */
const DEFAULT_WINDOW_SECONDS = 60

/** An item of a MetricValueList of custom.metrics.k8s.io, v1beta2 or v1beta1. */
export const metricValueSchema = z
  .object({
    describedObject: z.object({ kind: z.string(), name: z.string() }),
    metric: z.object({ name: z.string() }).optional(),
    metricName: z.string().optional(),
    timestamp: secondsOf,
    windowSeconds: z.int().optional(),
    window: z.int().optional(),
    value: amount,
  })
  .transform(({ describedObject, metric, metricName, timestamp, value, ...windows }) => ({
    ...{ describedObject, metric: metric?.name ?? metricName ?? '', value },
    atSeconds: timestamp,
    windowSeconds: windows.windowSeconds ?? windows.window ?? DEFAULT_WINDOW_SECONDS,
  }))

/** An item of an ExternalMetricValueList of external.metrics.k8s.io. */
export const externalMetricValueSchema = z.object({
  metricName: z.string(),
  metricLabels: z.record(z.string(), z.string()).default({}),
  value: amount,
})
