import { z } from 'zod'

import { objectName, wholeNumber } from '../api/schema-node.ts'
import { toleranceShare } from './amount.ts'
import { type ManifestMetric, metricSchema, pathSegment } from './metric-schema.ts'

const MAX_INT32 = 2 ** 31 - 1

const rules = z.strictObject({
  stabilizationWindowSeconds: wholeNumber(0, 3600).optional(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
  policies: z
    .array(
      z.strictObject({
        type: z.enum(['Pods', 'Percent']),
        value: wholeNumber(1, MAX_INT32),
        periodSeconds: wholeNumber(1, 1800),
      }),
    )
    .min(1)
    .optional(),
  tolerance: toleranceShare.optional(),
})

const scaleTargetRef = z
  .strictObject({ apiVersion: z.string().default(''), kind: pathSegment, name: pathSegment })
  .superRefine(({ apiVersion, kind }, context) => {
    const parts = apiVersion.split('/')
    if (parts.length === 2 && parts.every((part) => part !== '')) return
    // The only thing that scales in the core group.
    if (kind === 'ReplicationController' && parts.length < 2) return
    const message = 'must be the API group and version, such as apps/v1'
    context.addIssue({ code: 'custom', path: ['apiVersion'], message })
  })

/** What the HPA itself wrote: a sync starts from it. What is not understood counts as absent. */
const status = z.object({
  desiredReplicas: z.int().optional().catch(undefined),
  conditions: z
    .array(
      z.object({
        type: z.string(),
        status: z.string(),
        reason: z.string().default(''),
        message: z.string().default(''),
      }),
    )
    .default([]),
})

/**
 * A HorizontalPodAutoscaler as the API server of Kubernetes 1.36 takes it, defaults filled in.
 *
 * @param leastMinReplicas 0 where the cluster has HPAScaleToZero, 1 elsewhere
 */
export function hpaSchema(leastMinReplicas: 0 | 1) {
  const spec = z
    .strictObject({
      scaleTargetRef,
      minReplicas: wholeNumber(leastMinReplicas, MAX_INT32).default(1),
      maxReplicas: wholeNumber(1, MAX_INT32),
      metrics: z.array(metricSchema).default([]),
      behavior: z
        .strictObject({ scaleUp: rules.optional(), scaleDown: rules.optional() })
        .optional(),
    })
    .superRefine(({ minReplicas, maxReplicas, metrics }, context) => {
      if (maxReplicas < minReplicas) {
        const message = `must be greater than or equal to minReplicas, which is ${minReplicas}`
        context.addIssue({ code: 'custom', path: ['maxReplicas'], message })
      }
      const ofWorkload = metrics.some(({ type }) => type === 'Object' || type === 'External')
      if (minReplicas === 0 && !ofWorkload) {
        const message = 'must name at least one Object or External metric to scale to zero'
        context.addIssue({ code: 'custom', path: ['metrics'], message })
      }
    })
  return z.strictObject({
    apiVersion: z.literal('autoscaling/v2'),
    kind: z.literal('HorizontalPodAutoscaler'),
    metadata: z.looseObject({
      name: objectName(),
      namespace: z.string().min(1).default('default'),
    }),
    spec,
    status: status.optional().catch(undefined),
  })
}

export type StatusCondition = z.output<typeof status>['conditions'][number]
export type HpaManifest = z.output<ReturnType<typeof hpaSchema>>

/** What the API server fills in where no metric is named. */
const CPU_AT_80_PERCENT = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
} as const satisfies ManifestMetric

/** spec.metrics as the API server completes them. */
export function metricsOf({ spec }: HpaManifest): readonly ManifestMetric[] {
  return spec.metrics.length === 0 ? [CPU_AT_80_PERCENT] : spec.metrics
}
