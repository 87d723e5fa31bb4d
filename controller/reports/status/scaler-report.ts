import { z } from 'zod'

import { type Condition, findCondition } from '../../api/conditions.ts'
import { type PredictiveScalerStatus, statusSchema } from '../../api/status.ts'

const number = z.int().optional().catch(undefined)
const word = z.string().optional().catch(undefined)

/** As it lies in the API server: also a spec that this version would refuse has a status to tell. */
const objectSchema = z.object({
  metadata: z.object({ namespace: z.string(), name: z.string(), generation: number }),
  spec: z
    .object({
      scaleTargetRef: z.object({ kind: word, name: word }).catch({}),
      mode: word,
      minReplicas: number,
      maxReplicas: number,
    })
    .catch({ scaleTargetRef: {} }),
  status: z.unknown().optional(),
})

/** What one scaler says of itself, read from nothing but the object. */
export interface ScalerReport {
  namespace: string
  name: string
  target: string
  mode: string
  minReplicas: number
  maxReplicas: number | null
  /** null before the controller has seen it, or where another version wrote what cannot be read. */
  status: PredictiveScalerStatus | null
  unreadable: boolean
  /** Whether the status speaks of the spec as it is now. */
  current: boolean
}

/** @throws ZodError for what is no object of the API server */
export function scalerReport(object: unknown): ScalerReport {
  const { metadata, spec, status: found } = objectSchema.parse(object)
  const { kind = '?', name: target = '?' } = spec.scaleTargetRef
  const read = statusSchema.safeParse(found)
  const status = read.success ? read.data : null
  const { namespace, name, generation } = metadata
  return {
    ...{ namespace, name, status },
    target: `${kind}/${target}`,
    mode: spec.mode ?? 'Observe',
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas ?? null,
    unreadable: found !== undefined && !read.success,
    current: status !== null && status.observedGeneration === generation,
  }
}

export function readyOf({ status }: ScalerReport): Condition | undefined {
  return findCondition(status?.conditions ?? [], 'Ready')
}

/** Ready by the spec as it is now; what holds of an earlier one does not count. */
export function isReady(report: ScalerReport): boolean {
  return report.current && readyOf(report)?.status === 'True'
}
