import { z } from 'zod'

import { parseScaler } from './parse.ts'
import type { Problem } from './problem.ts'
import { metadataSchema, type PredictiveScaler } from './schema.ts'
import { statusSchema } from './status.ts'

/**
 * An object that the API server holds and this version cannot take: it was stored before the rules
 * tightened, or by a newer version. What is needed to say so and to let it go is read field by field.
 */
export interface InvalidScaler {
  metadata: PredictiveScaler['metadata']
  /** Why; never empty. */
  problems: readonly Problem[]
  /** What it may have moved, as far as that can be read. */
  actuator: { type: string; name: string | undefined }
  guardMetric: string | undefined
  status: PredictiveScaler['status']
}

export type StoredScaler =
  | { valid: true; scaler: PredictiveScaler }
  | { valid: false; scaler: InvalidScaler }

const text = z.string().optional().catch(undefined)
const leftover = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      actuator: z.object({ type: text, name: text }).catch({}),
      reactive: z.object({ guard: z.object({ metric: text }).catch({}) }).catch({ guard: {} }),
    })
    .catch({ actuator: {}, reactive: { guard: {} } }),
  status: statusSchema.optional().catch(undefined),
})

/** @throws ZodError for what has no name: that is no object of the API server */
export function readStored(object: unknown): StoredScaler {
  const parsed = parseScaler(object)
  if (parsed.ok) return { valid: true, scaler: parsed.scaler }
  const { metadata, spec, status } = leftover.parse(object)
  const { type = 'HorizontalPodAutoscaler', name } = spec.actuator
  const guardMetric = spec.reactive.guard.metric
  const { problems } = parsed
  return {
    valid: false,
    scaler: { metadata, problems, actuator: { type, name }, guardMetric, status },
  }
}
