import { z } from 'zod'

import { FIELD_MANAGER } from '../kubernetes/patch.ts'
import { type Hpa, utilizationTarget } from './hpa-object.ts'

/** Holds the user's own values while Foresail holds the floor. */
export const ORIGINAL_ANNOTATION = 'foresail.dev/original'

const guardSchema = z.object({ metric: z.string(), averageUtilization: z.number() })

const recordSchema = z.object({
  minReplicas: z.number().int(),
  guard: guardSchema.optional(),
  /** What Foresail wrote last: other values are from somebody else. Left out, what stands is Foresail's. */
  written: z
    .object({ minReplicas: z.number().int(), averageUtilization: z.number().optional() })
    .optional(),
})

export type HpaRecord = z.infer<typeof recordSchema>

/**
 * `untouched`: Foresail has written nothing. `lost`: it holds the floor, but the annotation with the
 * user's own values is gone or cannot be read.
 */
export type RecordState =
  | { kind: 'untouched' }
  | { kind: 'held'; record: HpaRecord }
  | { kind: 'lost' }

export function recordOf(hpa: Hpa): RecordState {
  const text = hpa.metadata.annotations[ORIGINAL_ANNOTATION]
  if (text === undefined) return ownsFloor(hpa) ? { kind: 'lost' } : { kind: 'untouched' }
  const record = recordSchema.safeParse(parseJson(text))
  return record.success ? { kind: 'held', record: record.data } : { kind: 'lost' }
}

/** As one stable text, so that an unchanged record is an unchanged annotation. */
export function recordText({ minReplicas, guard, written }: HpaRecord): string {
  return JSON.stringify({
    minReplicas,
    guard: guard && { metric: guard.metric, averageUtilization: guard.averageUtilization },
    written: written && {
      minReplicas: written.minReplicas,
      averageUtilization: written.averageUtilization,
    },
  })
}

/** The user's own minimum: the recorded one, unless somebody has written another since. */
export function ownMinReplicas(hpa: Hpa, record: HpaRecord | undefined): number {
  const standing = hpa.spec.minReplicas
  if (record === undefined) return standing
  return standing === (record.written?.minReplicas ?? standing) ? record.minReplicas : standing
}

/** The user's own target of a metric: the recorded one, unless somebody has written another since. */
export function ownUtilization(
  hpa: Hpa,
  record: HpaRecord | undefined,
  metric: string | undefined,
): number | undefined {
  const standing = utilizationTarget(hpa.spec.metrics, metric)
  const guard = record?.guard
  if (guard === undefined || guard.metric !== metric) return standing
  const written = record?.written?.averageUtilization ?? standing
  return standing === written ? guard.averageUtilization : standing
}

function ownsFloor(hpa: Hpa): boolean {
  return hpa.metadata.managedFields.some(
    ({ manager, operation, fieldsV1 }) =>
      manager === FIELD_MANAGER && operation === 'Apply' && floorFields.safeParse(fieldsV1).success,
  )
}

const floorFields = z.object({ 'f:spec': z.object({ 'f:minReplicas': z.object({}) }) })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
