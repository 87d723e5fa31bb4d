import { z } from 'zod'

const restartCounts = z.array(z.object({ restartCount: z.int().default(0) })).default([])

/** What Foresail reads of a pod; times as text, in whole seconds. */
const podSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    creationTimestamp: z.string(),
    deletionTimestamp: z.string().nullish(),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            lastTransitionTime: z.string().nullish(),
          }),
        )
        .default([]),
      containerStatuses: restartCounts,
      initContainerStatuses: restartCounts,
    })
    .prefault({}),
})

export type Pod = z.output<typeof podSchema>

/** @throws ZodError where the object is no pod */
export function parsePod(object: unknown): Pod {
  return podSchema.parse(object)
}

/** Running or becoming so: what is paid for. */
export function exists({ metadata, status }: Pod): boolean {
  const ended = status.phase === 'Succeeded' || status.phase === 'Failed'
  return metadata.deletionTimestamp == null && !ended
}

export function isReady(pod: Pod): boolean {
  return exists(pod) && readyCondition(pod)?.status === 'True'
}

export function readyCondition({ status }: Pod): Pod['status']['conditions'][number] | undefined {
  return status.conditions.find(({ type }) => type === 'Ready')
}
