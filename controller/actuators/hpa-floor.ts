import type { ApiRequests } from '../kubernetes/connect.ts'
import { rejectOnAbort, withDeadline } from '../kubernetes/deadline.ts'
import {
  KubernetesError,
  type KubernetesErrorReason,
  kubernetesError,
} from '../kubernetes/errors.ts'
import { mergePatch, serverSideApply } from '../kubernetes/patch.ts'
import { horizontalPodAutoscalers, objectPath } from '../kubernetes/resource.ts'
import type { FloorActuator, HpaAnswer } from '../reconcile/ports.ts'
import { floorBody, ownershipPatch, RELEASE_MANAGER, releasePatch } from './hpa-floor-body.ts'
import { type Hpa, parseHpa } from './hpa-object.ts'
import { ORIGINAL_ANNOTATION, recordOf } from './hpa-record.ts'
import { hpaView } from './hpa-view.ts'
import { sameTarget, type TargetRef, targetName } from './target-ref.ts'

export interface HpaFloorOptions {
  api: ApiRequests
  namespace: string
  /** The HPA to adopt. */
  name: string
  /** The workload that it must scale; undefined where that does not matter, as on giving it back. */
  scaled?: TargetRef | undefined
  /** The resource (cpu, memory) whose target is moved in Auto; undefined where the guard stays. */
  guardMetric?: string | undefined
  /** For one call with all its requests; 30 s by default. */
  deadlineMs?: number
}

/** Readings with a write each: the HPA controller writes its status meanwhile, so conflicts are usual. */
const MAX_ATTEMPTS = 6

/**
 * The floor of an HPA that somebody else made. Every write is bound to the resource version that was read
 * before it: the user's own values are taken from that reading, and a metric list that has changed
 * meanwhile is not overwritten.
 */
export function createHpaFloor(options: HpaFloorOptions): FloorActuator {
  const { api, namespace, name, guardMetric, deadlineMs = 30_000 } = options
  const kind = horizontalPodAutoscalers
  const target = { namespace, name }
  const label = `HorizontalPodAutoscaler ${namespace}/${name}`

  const readHpa = async (signal: AbortSignal): Promise<Hpa> =>
    parseHpa(await api.request({ path: objectPath(kind, target) }, signal))

  const viewed = (hpa: Hpa): HpaAnswer => ({ kind: 'hpa', view: hpaView(hpa, guardMetric) })

  /** Repeats `once` (undefined: not done yet) until it is done, over the conflicts with other writers. */
  function repeat(
    signal: AbortSignal,
    once: (hpa: Hpa, inner: AbortSignal) => Promise<HpaAnswer | undefined>,
  ): Promise<HpaAnswer> {
    return answering(signal, async (inner) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        try {
          const answer = await once(await readHpa(inner), inner)
          if (answer !== undefined) return answer
        } catch (error) {
          if (!(error instanceof KubernetesError) || error.reason !== 'Conflict') throw error
        }
      }
      const message = `${label}: others wrote it at the same time, ${MAX_ATTEMPTS} times; it is tried again`
      return { kind: 'error', reason: 'Conflict', message }
    })
  }

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
      const todo = 'create it, or name another in spec.actuator.name'
      return { kind: 'missing', message: `${label} does not exist; ${todo}` }
    }
  }

  const lost = (hpa: Hpa): HpaAnswer => ({
    kind: 'error',
    reason: 'Invalid',
    message:
      `${label}: Foresail holds minReplicas (${hpa.spec.minReplicas}), but its note of yours is gone; ` +
      `give it: kubectl -n ${namespace} annotate --overwrite hpa ${name} ` +
      `${ORIGINAL_ANNOTATION}='{"minReplicas":N}'`,
  })

  const elsewhere = (hpa: Hpa): HpaAnswer | undefined => {
    const { scaled } = options
    const { scaleTargetRef } = hpa.spec
    if (scaled === undefined || sameTarget(scaled, scaleTargetRef)) return undefined
    const message = `${label} scales ${targetName(scaleTargetRef)}, spec.scaleTargetRef names ${targetName(scaled)}; name the HPA of that workload in spec.actuator.name`
    return { kind: 'error', reason: 'ScalesAnother', message }
  }

  return {
    read: (signal) =>
      answering(signal, async (inner) => {
        const hpa = await readHpa(inner)
        if (recordOf(hpa).kind === 'lost') return lost(hpa)
        return elsewhere(hpa) ?? viewed(hpa)
      }),

    write(wanted, signal) {
      if (!isWritable(wanted)) {
        const message = `${label}: no floor to write (${JSON.stringify(wanted)}); nothing is changed`
        return Promise.resolve({ kind: 'error', reason: 'Invalid', message })
      }
      return repeat(signal, async (hpa, inner) => {
        const other = elsewhere(hpa)
        if (other !== undefined) return other
        const floor = floorBody(hpa, wanted, guardMetric)
        if (floor.kind === 'stands') return viewed(hpa)
        if (floor.kind === 'lost') return lost(hpa)
        const written = serverSideApply(api, kind, target, floor.body, inner, { force: true })
        return viewed(parseHpa(await written))
      })
    },

    release(signal) {
      let left = false
      return repeat(signal, async (hpa, inner) => {
        const values = releasePatch(hpa)
        const patch = values ?? (left ? undefined : ownershipPatch(hpa))
        if (patch === undefined) return viewed(hpa)
        await mergePatch(api, kind, target, patch, inner, { fieldManager: RELEASE_MANAGER })
        left = values === undefined
        return undefined
      })
    },
  }
}

// NaN and the like must never reach an HPA, whatever they come from.
function isWritable(wanted: {
  minReplicas: number
  guardUtilization: number | undefined
}): boolean {
  const { minReplicas, guardUtilization } = wanted
  const guard = guardUtilization ?? 1
  return Number.isInteger(minReplicas) && minReplicas >= 0 && Number.isInteger(guard) && guard > 0
}

export const answerReason: Record<
  Exclude<KubernetesErrorReason, 'NotFound'>,
  'AccessDenied' | 'Unreachable' | 'Conflict' | 'Invalid'
> = {
  AccessDenied: 'AccessDenied',
  Conflict: 'Conflict',
  Gone: 'Conflict',
  Invalid: 'Invalid',
  TooManyRequests: 'Unreachable',
  WritesHeld: 'Unreachable',
  Unreachable: 'Unreachable',
}
