import { z } from 'zod'

import type { MetricSpec } from '../../../forecaster/reactive/hpa/metric-spec.ts'
import type { Sample } from '../../../forecaster/reactive/hpa/sample.ts'
import {
  externalMetricValueSchema,
  metricValueSchema,
  podMetricsSchema,
  toPodUsage,
} from '../../hpa/metric-values.ts'

const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) })

/** What the HPA reads in an answer of a metrics API; null is the failure that was answered. */
export function sampleIn(body: unknown, metric: MetricSpec): Sample {
  if (body === null) return { failure: 'failing on purpose' }
  switch (metric.type) {
    case 'Resource':
    case 'ContainerResource': {
      const { items } = list(podMetricsSchema).parse(body)
      return { kind: 'resource', pods: items.map((item) => toPodUsage(item, metric.resource)) }
    }
    case 'Pods': {
      const { items } = list(metricValueSchema).parse(body)
      const pods = items.map(({ describedObject, value, atSeconds, windowSeconds }) => {
        return { pod: describedObject.name, value, atSeconds, windowSeconds }
      })
      return { kind: 'pods', pods }
    }
    case 'Object': {
      const [only] = list(metricValueSchema).parse(body).items
      return only === undefined ? { failure: 'no item' } : { kind: 'object', value: only.value }
    }
    case 'External': {
      const { items } = list(externalMetricValueSchema).parse(body)
      return { kind: 'external', values: items.map(({ value }) => value) }
    }
    case 'Unknown':
      return { failure: metric.named }
  }
}
