import { z } from 'zod'

import { type ContainerWait, waitOf } from './container-wait.ts'

const time = z.string().nullish()
const containerStatuses = z
  .array(
    z.object({
      restartCount: z.int().default(0),
      state: z
        .object({
          waiting: z.object({ reason: z.string().optional() }).nullish(),
          running: z.object({ startedAt: time }).nullish(),
        })
        .nullish(),
    }),
  )
  .default([])

/** What Foresail reads of a pod. */
const podSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    name: z.string().default(''),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    ownerReferences: z
      .array(z.object({ name: z.string(), controller: z.boolean().optional() }))
      .nullish(),
    creationTimestamp: z.string(),
    deletionTimestamp: time,
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
            lastTransitionTime: time,
          }),
        )
        .default([]),
      containerStatuses,
      initContainerStatuses: containerStatuses,
    })
    .prefault({}),
})

type PodObject = z.output<typeof podSchema>

/**
 * What is kept of a pod: little, since it is kept of every pod of the cluster. Times are seconds since the
 * epoch, whole as Kubernetes writes them; null where the pod does not say.
 */
export interface Pod {
  uid: string
  name: string
  namespace: string
  labels: Readonly<Record<string, string>>
  /** Which template it was made from; '' where nobody says. */
  revision: string
  nodeName: string | undefined
  createdSeconds: number
  /** Running or becoming so: what is paid for. */
  exists: boolean
  ready: boolean
  /** Of the newest turn of its readiness. */
  readySeconds: number | null
  scheduledSeconds: number | null
  /** Since when no node takes it; null where one did, or none was asked yet. */
  unschedulableSeconds: number | null
  /** Whether a node was asked for and is not there: no room, or held back by a gate. */
  unscheduled: boolean
  /** When the last of its containers was started; init containers do not count, they come before. */
  startedSeconds: number | null
  restarted: boolean
  waiting: ContainerWait
}

/** @throws ZodError where the object is no pod */
export function parsePod(object: unknown): Pod {
  const pod = podSchema.parse(object)
  const { metadata, spec, status } = pod
  const { uid, name, namespace, labels, creationTimestamp, deletionTimestamp } = metadata
  const { phase, containerStatuses: main, initContainerStatuses: init } = status
  const condition = (asked: string) => status.conditions.find(({ type }) => type === asked)
  const ready = condition('Ready')
  const scheduled = condition('PodScheduled')
  const found = scheduled?.status === 'True'
  const refused = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable'
  const exists = deletionTimestamp == null && phase !== 'Succeeded' && phase !== 'Failed'
  const createdSeconds = Date.parse(creationTimestamp) / 1000
  return {
    ...{ uid, name, namespace, labels, createdSeconds, exists },
    revision: revisionOf(pod),
    nodeName: spec.nodeName,
    ready: exists && ready?.status === 'True',
    readySeconds: secondsOf(ready?.lastTransitionTime),
    scheduledSeconds: found ? secondsOf(scheduled.lastTransitionTime) : null,
    unschedulableSeconds: refused
      ? (secondsOf(scheduled.lastTransitionTime) ?? createdSeconds)
      : null,
    unscheduled: scheduled?.status === 'False',
    startedSeconds: lastOf(main.map(({ state }) => secondsOf(state?.running?.startedAt))),
    restarted: [...main, ...init].some(({ restartCount }) => restartCount > 0),
    waiting: waitOf([...main, ...init].map(({ state }) => state?.waiting?.reason)),
  }
}

/** On its way to Ready: it found a node, or is not refused one yet, and nothing crashed or failed. */
export function isStarting(pod: Pod): boolean {
  const { exists, ready, unscheduled, restarted, waiting } = pod
  return exists && !ready && !unscheduled && !restarted && waiting === null
}

/** Labels by which the controllers of workloads tell the pods of one template from those of another. */
const REVISION_LABELS = [
  'pod-template-hash',
  'controller-revision-hash',
  'rollouts-pod-template-hash',
]

/** By the label of its workload's controller, else by the name of whoever made it. */
function revisionOf({ metadata: { labels, ownerReferences } }: PodObject): string {
  const hash = REVISION_LABELS.map((label) => labels[label]).find((value) => value !== undefined)
  return hash ?? ownerReferences?.find(({ controller }) => controller === true)?.name ?? ''
}

function secondsOf(text: string | null | undefined): number | null {
  const seconds = text == null ? NaN : Date.parse(text) / 1000
  return Number.isNaN(seconds) ? null : seconds
}

/** null where one is not known, or there is none. */
function lastOf(times: readonly (number | null)[]): number | null {
  const known = times.filter((one) => one !== null)
  return known.length === 0 || known.length < times.length ? null : Math.max(...known)
}
