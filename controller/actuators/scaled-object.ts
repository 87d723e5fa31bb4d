import { z } from 'zod'

import type { ApiRequests } from '../kubernetes/connect.ts'
import { rejectOnAbort, withDeadline } from '../kubernetes/deadline.ts'
import { KubernetesError, kubernetesError } from '../kubernetes/errors.ts'
import { FIELD_MANAGER, mergePatch, serverSideApply } from '../kubernetes/patch.ts'
import { horizontalPodAutoscalers, objectPath, type ResourceKind } from '../kubernetes/resource.ts'
import type { FloorActuator, HpaAnswer, HpaView } from '../reconcile/ports.ts'
import { answerReason } from './hpa-floor.ts'
import { withoutForesail } from './hpa-floor-body.ts'
import { parseHpa } from './hpa-object.ts'
import { ORIGINAL_ANNOTATION } from './hpa-record.ts'
import { hpaView } from './hpa-view.ts'
import { sameTarget, type TargetRef, targetName } from './target-ref.ts'

export const scaledObjects: ResourceKind = {
  group: 'keda.sh',
  version: 'v1alpha1',
  plural: 'scaledobjects',
}

/** What KEDA takes where maxReplicaCount is left out (kedacore/keda, ScaledObject reference). */
const USUAL_MAX_REPLICAS = 100

/** While any of these stands, KEDA scales nothing, whatever the floor says. */
const PAUSED = ['autoscaling.keda.sh/paused', 'autoscaling.keda.sh/paused-replicas']

const scaledObjectSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string(),
    uid: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
    managedFields: z.array(z.looseObject({ manager: z.string().optional() })).default([]),
  }),
  spec: z.object({
    scaleTargetRef: z.object({
      apiVersion: z.string().default('apps/v1'),
      kind: z.string().default('Deployment'),
      name: z.string(),
    }),
    minReplicaCount: z.number().int().optional(),
    maxReplicaCount: z.number().int().default(USUAL_MAX_REPLICAS),
  }),
  status: z.object({ hpaName: z.string().optional() }).default({}),
})

type ScaledObject = z.output<typeof scaledObjectSchema>

/** null: the user had left minReplicaCount out, which is not the same as 0 to whoever reads the object. */
const recordSchema = z.object({
  minReplicaCount: z.number().int().nullable(),
  written: z.number().int(),
})

export interface ScaledObjectOptions {
  api: ApiRequests
  namespace: string
  name: string
  /** The workload that it must scale; undefined where that does not matter, as on giving it back. */
  scaled: TargetRef | undefined
  deadlineMs?: number
}

/** Readings with a write each, while others write the object too. */
const MAX_ATTEMPTS = 6

/**
 * The floor of a ScaledObject of KEDA: its minReplicaCount, which KEDA hands on to the HPA that it owns. A
 * floor of 1 or more keeps KEDA from scaling to zero for as long as it stands.
 */
export function createScaledObjectFloor(options: ScaledObjectOptions): FloorActuator {
  const { api, namespace, name, scaled, deadlineMs = 30_000 } = options
  const target = { namespace, name }
  const label = `ScaledObject ${namespace}/${name}`

  const read = async (signal: AbortSignal): Promise<ScaledObject> =>
    scaledObjectSchema.parse(await api.request({ path: objectPath(scaledObjects, target) }, signal))

  async function answering(
    signal: AbortSignal,
    run: (inner: AbortSignal) => Promise<HpaAnswer>,
  ): Promise<HpaAnswer> {
    try {
      return await withDeadline(signal, deadlineMs, run)
    } catch (error) {
      if (signal.aborted) return rejectOnAbort(signal)
      const { reason, message } = kubernetesError(error, label)
      if (reason !== 'NotFound') return { kind: 'error', reason: answerReason[reason], message }
      const todo = 'create it, or correct spec.actuator.name'
      return { kind: 'missing', message: `${label} does not exist; ${todo}` }
    }
  }

  /** Repeats `once` (undefined: not done yet) over the conflicts with other writers. */
  const repeat = (
    signal: AbortSignal,
    once: (object: ScaledObject, inner: AbortSignal) => Promise<HpaAnswer | undefined>,
  ): Promise<HpaAnswer> =>
    answering(signal, async (inner) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        try {
          const answer = await once(await read(inner), inner)
          if (answer !== undefined) return answer
        } catch (error) {
          if (!(error instanceof KubernetesError) || error.reason !== 'Conflict') throw error
        }
      }
      const message = `${label}: others wrote it at the same time, ${MAX_ATTEMPTS} times; it is tried again`
      return { kind: 'error', reason: 'Conflict', message }
    })

  async function viewed(object: ScaledObject, signal: AbortSignal): Promise<HpaAnswer> {
    return { kind: 'hpa', view: viewOf(object, await hpaOf(object, signal)) }
  }

  /** What KEDA's own HPA says; null where KEDA has made none yet, or it may not be read. */
  async function hpaOf({ status }: ScaledObject, signal: AbortSignal): Promise<HpaView | null> {
    const hpa = { namespace, name: status.hpaName ?? `keda-hpa-${name}` }
    try {
      const object = await api.request({ path: objectPath(horizontalPodAutoscalers, hpa) }, signal)
      return hpaView(parseHpa(object), undefined)
    } catch (error) {
      if (error instanceof KubernetesError) return null
      throw error
    }
  }

  const refused = ({ spec, metadata }: ScaledObject): HpaAnswer | undefined => {
    if (scaled !== undefined && !sameTarget(scaled, spec.scaleTargetRef)) {
      const message = `${label} scales ${targetName(spec.scaleTargetRef)}, spec.scaleTargetRef names ${targetName(scaled)}`
      return { kind: 'error', reason: 'ScalesAnother', message }
    }
    const paused = PAUSED.find((annotation) => metadata.annotations[annotation] !== undefined)
    if (paused === undefined) return undefined
    const message = `${label} is paused by its annotation ${paused}: KEDA scales nothing, so no floor is written`
    return { kind: 'error', reason: 'OtherOwner', message }
  }

  return {
    read: (signal) =>
      answering(signal, async (inner) => {
        const object = await read(inner)
        return refused(object) ?? (await viewed(object, inner))
      }),

    write({ minReplicas }, signal) {
      if (!Number.isInteger(minReplicas) || minReplicas < 0) {
        const message = `${label}: no floor to write (${minReplicas}); nothing is changed`
        return Promise.resolve({ kind: 'error', reason: 'Invalid', message })
      }
      return repeat(signal, async (object, inner) => {
        const no = refused(object)
        if (no !== undefined) return no
        const own = ownMinimum(object)
        const floor = Math.min(Math.max(minReplicas, own ?? 0), object.spec.maxReplicaCount)
        if (floor === (object.spec.minReplicaCount ?? 0)) return await viewed(object, inner)
        const { resourceVersion, uid } = object.metadata
        const record = JSON.stringify({ minReplicaCount: own, written: floor })
        const body = {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata: {
            ...target,
            uid,
            resourceVersion,
            annotations: { [ORIGINAL_ANNOTATION]: record },
          },
          spec: { minReplicaCount: floor },
        }
        const written = await serverSideApply(api, scaledObjects, target, body, inner, {
          force: true,
        })
        return await viewed(scaledObjectSchema.parse(written), inner)
      })
    },

    release: (signal) =>
      repeat(signal, async (object, inner) => {
        const { annotations, managedFields, resourceVersion } = object.metadata
        if (annotations[ORIGINAL_ANNOTATION] === undefined) return await viewed(object, inner)
        const patch = {
          metadata: {
            ...withoutForesail({ resourceVersion, managedFields }),
            annotations: { [ORIGINAL_ANNOTATION]: null },
          },
          spec: { minReplicaCount: ownMinimum(object) },
        }
        await mergePatch(api, scaledObjects, target, patch, inner, { fieldManager: FIELD_MANAGER })
        return undefined
      }),
  }
}

/** The user's own minReplicaCount: the recorded one, unless somebody has written another since. */
function ownMinimum({ metadata, spec }: ScaledObject): number | null {
  const standing = spec.minReplicaCount ?? null
  const record = recordOf(metadata.annotations[ORIGINAL_ANNOTATION])
  return record === null || standing !== record.written ? standing : record.minReplicaCount
}

function recordOf(text: string | undefined): z.output<typeof recordSchema> | null {
  try {
    return recordSchema.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

function viewOf(object: ScaledObject, hpa: HpaView | null): HpaView {
  return {
    minReplicas: object.spec.minReplicaCount ?? 0,
    maxReplicas: object.spec.maxReplicaCount,
    currentReplicas: hpa?.currentReplicas,
    desiredReplicas: hpa?.desiredReplicas,
    scalingActive: hpa?.scalingActive,
    guardUtilization: undefined,
    original: { minReplicas: ownMinimum(object) ?? 0, guardUtilization: undefined },
  }
}
