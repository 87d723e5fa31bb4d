import { z } from 'zod'

import type { PredictiveScaler } from '../api/schema.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'
import { collectionPath, horizontalPodAutoscalers } from '../kubernetes/resource.ts'
import type { FloorActuator, HpaAnswer } from '../reconcile/ports.ts'
import { scaledObjects } from './scaled-object.ts'
import { sameTarget, type TargetRef, targetName, targetRefSchema } from './target-ref.ts'

/** Something that scales a workload. */
export interface Owner {
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject'
  name: string
  scaled: TargetRef
  /** The ScaledObject or other object that made it, by name. */
  madeBy: readonly string[]
}

const list = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        ownerReferences: z.array(z.object({ name: z.string() })).default([]),
      }),
      // KEDA's kind may be left out.
      spec: z.object({
        scaleTargetRef: targetRefSchema.extend({ kind: z.string().default('Deployment') }),
      }),
    }),
  ),
})

/**
 * All that scales anything in a namespace.
 *
 * @throws KubernetesError
 */
export async function ownersIn(
  api: ApiRequests,
  namespace: string,
  signal: AbortSignal,
): Promise<Owner[]> {
  const found = async (kind: Owner['kind'], path: string): Promise<Owner[]> =>
    list.parse(await api.request({ path }, signal)).items.map(({ metadata, spec }) => ({
      kind,
      name: metadata.name,
      scaled: withKedaDefaults(kind, spec.scaleTargetRef),
      madeBy: metadata.ownerReferences.map(({ name }) => name),
    }))
  const hpas = await found(
    'HorizontalPodAutoscaler',
    collectionPath(horizontalPodAutoscalers, namespace),
  )
  try {
    return [...hpas, ...(await found('ScaledObject', collectionPath(scaledObjects, namespace)))]
  } catch (error) {
    // Without KEDA there are none; where they may not be read, their HPAs still tell of them.
    const blind =
      error instanceof KubernetesError && ['NotFound', 'AccessDenied'].includes(error.reason)
    if (blind) return hpas
    throw error
  }
}

/**
 * Who else scales a scaler's workload, in words for people; null where nobody does.
 *
 * @param scalers all others of the namespace
 */
export function otherOwner(
  scaler: PredictiveScaler,
  owners: readonly Owner[],
  scalers: readonly PredictiveScaler[],
): string | null {
  const { actuator, scaleTargetRef } = scaler.spec
  const own = actuator.type === 'Scale' ? undefined : (actuator.name ?? scaler.metadata.name)
  const another = owners.find(
    ({ kind, name, scaled, madeBy }) =>
      sameTarget(scaled, scaleTargetRef) &&
      !(kind === actuator.type && name === own) &&
      // The HPA that KEDA made of the ScaledObject that is moved.
      !(actuator.type === 'ScaledObject' && own !== undefined && madeBy.includes(own)),
  )
  if (another !== undefined) {
    return `${another.kind} ${another.name} scales ${targetName(scaleTargetRef)} too; two that scale one workload undo each other: keep one of them`
  }
  const older = scalers.find(
    (other) => sameTarget(other.spec.scaleTargetRef, scaleTargetRef) && isBefore(other, scaler),
  )
  return older === undefined
    ? null
    : `PredictiveScaler ${older.metadata.name} scales ${targetName(scaleTargetRef)} too and is older; delete one of them`
}

/** The same actuator, which refuses to write while somebody else scales the workload. Giving back goes on. */
export function refusing(actuator: FloorActuator, message: string | null): FloorActuator {
  if (message === null) return actuator
  const refusal: HpaAnswer = { kind: 'error', reason: 'OtherOwner', message }
  return {
    read: () => Promise.resolve(refusal),
    write: () => Promise.resolve(refusal),
    release: (signal) => actuator.release(signal),
  }
}

function isBefore({ metadata: a }: PredictiveScaler, { metadata: b }: PredictiveScaler): boolean {
  const [left, right] = [a.creationTimestamp ?? '', b.creationTimestamp ?? '']
  return a.uid !== b.uid && (left < right || (left === right && (a.uid ?? '') < (b.uid ?? '')))
}

function withKedaDefaults(kind: Owner['kind'], scaled: TargetRef): TargetRef {
  if (kind !== 'ScaledObject' || scaled.apiVersion !== '') return scaled
  return { ...scaled, apiVersion: 'apps/v1' }
}
