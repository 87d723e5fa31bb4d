import { z } from 'zod'

import type { ApiRequests } from '../kubernetes/connect.ts'
import { rejectOnAbort, withDeadline } from '../kubernetes/deadline.ts'
import { discover } from '../kubernetes/discover.ts'
import { KubernetesError, kubernetesError } from '../kubernetes/errors.ts'
import { mergePatch } from '../kubernetes/patch.ts'
import { objectPath, type ResourceKind } from '../kubernetes/resource.ts'
import type { FloorActuator, HpaAnswer } from '../reconcile/ports.ts'
import { answerReason } from './hpa-floor.ts'
import { type TargetRef, targetName } from './target-ref.ts'

const scaleSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z.object({ replicas: z.number().int().default(0) }).default({ replicas: 0 }),
  status: z.object({ replicas: z.number().int().default(0) }).default({ replicas: 0 }),
})

type Scale = z.output<typeof scaleSchema>

export interface ScaleOptions {
  api: ApiRequests
  namespace: string
  scaled: TargetRef
  deadlineMs?: number
}

/** No HPA stands beneath that would allow fewer. */
const NO_LIMIT = 2 ** 31 - 1

/**
 * The replicas of a workload itself, through its scale subresource. What others write in between is seen and
 * not overwritten: the next sync decides anew from it. There is nothing to give back.
 */
export function createScaleReplicas(options: ScaleOptions): FloorActuator {
  const { api, namespace, scaled, deadlineMs = 30_000 } = options
  const target = { namespace, name: scaled.name }
  const label = `${targetName(scaled)} in ${namespace}`

  async function read(kind: ResourceKind, signal: AbortSignal): Promise<Scale> {
    return scaleSchema.parse(
      await api.request({ path: `${objectPath(kind, target)}/scale` }, signal),
    )
  }

  async function answering(
    signal: AbortSignal,
    run: (kind: ResourceKind, inner: AbortSignal) => Promise<HpaAnswer>,
  ): Promise<HpaAnswer> {
    try {
      return await withDeadline(signal, deadlineMs, async (inner) =>
        run(await discover(api, scaled, inner), inner),
      )
    } catch (error) {
      if (signal.aborted) return rejectOnAbort(signal)
      const { reason, message } = kubernetesError(error, `scale of ${label}`)
      if (reason !== 'NotFound') return { kind: 'error', reason: answerReason[reason], message }
      const todo = 'check spec.scaleTargetRef, and that it has a scale subresource'
      return { kind: 'missing', message: `${label} does not exist (${message}); ${todo}` }
    }
  }

  const reading = (signal: AbortSignal): Promise<HpaAnswer> =>
    answering(signal, async (kind, inner) => viewed(await read(kind, inner)))

  return {
    read: reading,
    release: reading,
    write({ minReplicas: replicas }, signal) {
      if (!Number.isInteger(replicas) || replicas < 0) {
        const message = `${label}: no replicas to write (${replicas}); nothing is changed`
        return Promise.resolve({ kind: 'error', reason: 'Invalid', message })
      }
      return answering(signal, async (kind, inner) => {
        const before = await read(kind, inner)
        if (before.spec.replicas === replicas) return viewed(before)
        const { resourceVersion } = before.metadata
        const patch = { metadata: { resourceVersion }, spec: { replicas } }
        try {
          const written = mergePatch(api, kind, target, patch, inner, { subresource: 'scale' })
          return viewed(scaleSchema.parse(await written))
        } catch (error) {
          if (!(error instanceof KubernetesError) || error.reason !== 'Conflict') throw error
          const message = `${label}: others wrote it at the same time; it is decided anew`
          return { kind: 'error', reason: 'Conflict', message }
        }
      })
    },
  }
}

function viewed({ spec, status }: Scale): HpaAnswer {
  return {
    kind: 'hpa',
    view: {
      minReplicas: spec.replicas,
      maxReplicas: NO_LIMIT,
      currentReplicas: status.replicas,
      desiredReplicas: spec.replicas,
      scalingActive: undefined,
      guardUtilization: undefined,
      original: { minReplicas: 0, guardUtilization: undefined },
    },
  }
}
