import { z } from 'zod'

import {
  DEFAULT_SETTINGS,
  HPA_STABILIZATION_SECONDS,
} from '../../forecaster/reactive/hpa/controller-settings.ts'
import { wholeNumber } from '../api/schema-node.ts'
import { externalMetricValueSchema, metricValueSchema, podMetricsSchema } from './metric-values.ts'
import { podSchema } from './seen-pod.ts'
import { secondsOf } from './times.ts'

const MAX_INT32 = 2 ** 31 - 1
const replicas = wholeNumber(0, MAX_INT32)
const seconds = wholeNumber(0, 86_400)
const { timing, features } = DEFAULT_SETTINGS

/** A list, or a List object of the API, which has it as `items`. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null && 'items' in value ? value.items : value,
    z.array(item),
  )
}

/** autoscaling/v1 Scale; a count of 0 is left out by the API. */
export const scaleSchema = z.object({
  spec: z.object({ replicas: replicas.default(0) }).prefault({}),
  status: z
    .object({ replicas: replicas.default(0), selector: z.string().default('') })
    .prefault({}),
})

const changes = z.array(z.strictObject({ change: wholeNumber(1, MAX_INT32), at: secondsOf }))

/**
 * What the HPA controller sees in one sync, as a file: objects as the API hands them out, so that
 * `kubectl get pods -o json` and `kubectl get --raw` fill it.
 */
export const snapshotSchema = z.strictObject({
  now: secondsOf.describe('The time of the sync.'),
  scale: scaleSchema.describe("The target's scale subresource."),
  pods: listOf(podSchema).describe("Every pod that the scale's selector selects."),
  podMetrics: listOf(podMetricsSchema)
    .optional()
    .describe('metrics.k8s.io of these pods: what Resource and ContainerResource metrics need.'),
  customMetrics: listOf(metricValueSchema)
    .optional()
    .describe('custom.metrics.k8s.io, of pods and of other objects: for Pods and Object metrics.'),
  externalMetrics: listOf(externalMetricValueSchema)
    .optional()
    .describe('external.metrics.k8s.io: for External metrics.'),
  unavailable: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe(
      'Metrics whose fetch fails: the name of the metric or resource, and with what words.',
    ),
  recommendations: z
    .array(z.strictObject({ replicas, at: secondsOf }))
    .optional()
    .describe(
      'What earlier syncs asked for, which is in the memory of the controller alone. Without it nothing is held.',
    ),
  scaleEvents: z
    .strictObject({ up: changes.default([]), down: changes.default([]) })
    .optional()
    .describe('Changes of replicas that were made, which the policies of `behavior` count.'),
  otherHpas: z
    .array(z.string().regex(/^[^/]+\/[^/]+$/, { message: 'must be namespace/name' }))
    .default([])
    .describe('Other HPAs that select some of the same pods, as namespace/name.'),
  controller: z
    .strictObject({
      tolerance: z.number().min(0).max(100).default(DEFAULT_SETTINGS.tolerance),
      downscaleStabilizationSeconds: seconds.default(HPA_STABILIZATION_SECONDS),
      cpuInitializationPeriodSeconds: seconds.default(timing.cpuInitializationPeriodSeconds),
      initialReadinessDelaySeconds: seconds.default(timing.initialReadinessDelaySeconds),
      scaleToZero: z.boolean().default(features.scaleToZero),
      configurableTolerance: z.boolean().default(features.configurableTolerance),
      podLevelResources: z.boolean().default(features.podLevelResources),
    })
    .prefault({})
    .describe(
      'Flags and gates of the HPA controller, where they are not those of Kubernetes 1.36.',
    ),
})

export type Snapshot = z.output<typeof snapshotSchema>
