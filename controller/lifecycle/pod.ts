import { z } from 'zod'

const containerStatuses = z
  .array(
    z.object({
      restartCount: z.int().default(0),
      state: z
        .object({
          waiting: z.object({ reason: z.string().optional() }).nullish(),
          running: z.object({ startedAt: z.string().nullish() }).nullish(),
        })
        .nullish(),
    }),
  )
  .default([])

/** What Foresail reads of a pod; times as text, in whole seconds. */
const podSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    name: z.string().default(''),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    creationTimestamp: z.string(),
    deletionTimestamp: z.string().nullish(),
  }),
  spec: z.object({ nodeName: z.string().optional() }).prefault({}),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            lastTransitionTime: z.string().nullish(),
          }),
        )
        .default([]),
      containerStatuses,
      initContainerStatuses: containerStatuses,
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

/** Labels by which the controllers of workloads tell the pods of one template from those of another. */
const REVISION_LABELS = [
  'pod-template-hash',
  'controller-revision-hash',
  'rollouts-pod-template-hash',
]

/** Which template a pod was made from; '' where nobody says. */
export function revisionOf({ metadata }: Pod): string {
  return (
    REVISION_LABELS.map((label) => metadata.labels[label]).find((hash) => hash !== undefined) ?? ''
  )
}

export function readyCondition(pod: Pod): Pod['status']['conditions'][number] | undefined {
  return conditionOf(pod, 'Ready')
}

/** What a container waits for while all goes well; any other reason is a fault. */
const SOUND_WAITS: readonly (string | undefined)[] = [
  undefined,
  'ContainerCreating',
  'PodInitializing',
]

/** On its way to Ready: it found a node, or is not refused one yet, and nothing crashed or failed. */
export function isStarting(pod: Pod): boolean {
  const stuck = containersOf(pod).some(({ state }) => !SOUND_WAITS.includes(state?.waiting?.reason))
  const unschedulable = conditionOf(pod, 'PodScheduled')?.status === 'False'
  return exists(pod) && !isReady(pod) && !stuck && !unschedulable && !hasRestarted(pod)
}

export function hasRestarted(pod: Pod): boolean {
  return containersOf(pod).some(({ restartCount }) => restartCount > 0)
}

export function containersOf({ status }: Pod): Pod['status']['containerStatuses'] {
  return [...status.containerStatuses, ...status.initContainerStatuses]
}

export function conditionOf(
  { status }: Pod,
  asked: string,
): Pod['status']['conditions'][number] | undefined {
  return status.conditions.find(({ type }) => type === asked)
}
