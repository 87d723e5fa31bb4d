import { z } from 'zod'

import { targetRefSchema } from './target-ref.ts'

const metricSchema = z.looseObject({
  type: z.string(),
  resource: z
    .looseObject({
      name: z.string(),
      target: z.looseObject({ type: z.string(), averageUtilization: z.number().optional() }),
    })
    .optional(),
})

const hpaSchema = z.object({
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
    ownerReferences: z
      .array(z.object({ uid: z.string(), controller: z.boolean().optional() }))
      .default([]),
    managedFields: z
      .array(
        z.looseObject({
          manager: z.string().optional(),
          operation: z.string().optional(),
          subresource: z.string().optional(),
          fieldsV1: z.unknown().optional(),
        }),
      )
      .default([]),
  }),
  spec: z.object({
    scaleTargetRef: targetRefSchema,
    minReplicas: z.number().int().default(1),
    maxReplicas: z.number().int(),
    metrics: z.array(metricSchema).default([]),
  }),
  status: z
    .object({
      currentReplicas: z.number().int().optional(),
      desiredReplicas: z.number().int().optional(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
    })
    .default({}),
})

/**
 * What Foresail reads of an HPA (autoscaling/v2), from raw JSON: `spec.metrics` goes back to the server as
 * a whole, and the typed client drops the fields it does not know.
 */
export type Hpa = z.infer<typeof hpaSchema>

export type HpaMetric = z.infer<typeof metricSchema>

/** @throws ZodError for what is not an HPA. */
export function parseHpa(object: unknown): Hpa {
  return hpaSchema.parse(object)
}

/**
 * averageUtilization target of the resource metric `guardMetric` (cpu, memory) of the whole pod;
 * undefined where the HPA has none.
 */
export function utilizationTarget(
  metrics: readonly HpaMetric[],
  guardMetric: string | undefined,
): number | undefined {
  return metrics.find((metric) => isGuard(metric, guardMetric))?.resource?.target.averageUtilization
}

/** The same list with only that one target changed; the same list where there is no such metric. */
export function withUtilizationTarget(
  metrics: readonly HpaMetric[],
  guardMetric: string | undefined,
  averageUtilization: number,
): HpaMetric[] {
  const index = metrics.findIndex((metric) => isGuard(metric, guardMetric))
  return metrics.map((metric, i) =>
    i === index && metric.resource !== undefined
      ? {
          ...metric,
          resource: {
            ...metric.resource,
            target: { ...metric.resource.target, averageUtilization },
          },
        }
      : metric,
  )
}

function isGuard({ type, resource }: HpaMetric, guardMetric: string | undefined): boolean {
  return (
    type === 'Resource' &&
    resource?.name === guardMetric &&
    resource?.target.type === 'Utilization' &&
    resource.target.averageUtilization !== undefined
  )
}
