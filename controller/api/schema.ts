import { z } from 'zod'

import { objectName } from './schema-node.ts'
import { specSchema } from './spec.ts'
import { statusSchema } from './status.ts'

export const GROUP = 'foresail.dev'
export const VERSION = 'v1alpha1'
export const API_VERSION = `${GROUP}/${VERSION}` as const
export const KIND = 'PredictiveScaler'
export const PLURAL = 'predictivescalers'

/** Only what Foresail reads is typed; the rest of the metadata is the API server's and passes through. */
export const metadataSchema = z.looseObject({
  name: objectName(),
  /** As kubectl has it where neither the file nor the command line says more. */
  namespace: z.string().min(1).default('default'),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.int().optional(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish(),
  annotations: z.record(z.string(), z.string()).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
})

/** A whole object, as written by people and as the API server hands it out. */
export const predictiveScalerSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal(KIND),
  metadata: metadataSchema,
  spec: specSchema,
  // Another version of Foresail may have written it: what is not understood counts as absent.
  status: statusSchema.optional().catch(undefined),
})

/** With every default filled in. */
export type PredictiveScaler = z.output<typeof predictiveScalerSchema>
/** As people write it. */
export type PredictiveScalerManifest = z.input<typeof predictiveScalerSchema>
