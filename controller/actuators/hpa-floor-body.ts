import { FIELD_MANAGER, type JsonObject } from '../kubernetes/patch.ts'
import { type Hpa, type HpaMetric, utilizationTarget, withUtilizationTarget } from './hpa-object.ts'
import {
  type HpaRecord,
  ORIGINAL_ANNOTATION,
  ownMinReplicas,
  ownUtilization,
  recordOf,
  recordText,
} from './hpa-record.ts'

/** Who gives an HPA back in managedFields: for an instant, then that entry goes too. */
export const RELEASE_MANAGER = 'foresail-release'

export interface WantedFloor {
  minReplicas: number
  /** undefined gives the guard back: the user's own target. */
  guardUtilization: number | undefined
}

export type FloorBody = { kind: 'stands' } | { kind: 'apply'; body: JsonObject } | { kind: 'lost' }

/**
 * The server-side apply that makes the wanted floor stand. The floor is never below the user's own
 * minimum nor above the HPA's maximum, the guard's target never below the user's own.
 *
 * An applied field that is left out of the next apply would be removed (minReplicas becomes 1, metrics
 * the default), so once the guard was moved the whole list is in every body, as it stands on the server.
 */
export function floorBody(
  hpa: Hpa,
  wanted: WantedFloor,
  guardMetric: string | undefined,
): FloorBody {
  const state = recordOf(hpa)
  if (state.kind === 'lost') return state
  const record = state.kind === 'held' ? state.record : undefined
  const own = ownMinReplicas(hpa, record)
  const minReplicas = Math.min(Math.max(wanted.minReplicas, own), hpa.spec.maxReplicas)
  const { metrics, guard, written } = guardedMetrics(hpa, record, wanted, guardMetric)
  const annotation = recordText({
    minReplicas: own,
    guard,
    written: { minReplicas, averageUtilization: written },
  })

  const moved = minReplicas !== hpa.spec.minReplicas || !sameTargets(metrics, hpa.spec.metrics)
  const recorded = hpa.metadata.annotations[ORIGINAL_ANNOTATION]
  if (!moved && (recorded === undefined || recorded === annotation)) return { kind: 'stands' }
  const { namespace, name, uid, resourceVersion } = hpa.metadata
  return {
    kind: 'apply',
    body: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        ...{ namespace, name, uid, resourceVersion },
        annotations: { [ORIGINAL_ANNOTATION]: annotation },
      },
      spec: { minReplicas, ...(guard === undefined ? {} : { metrics }) },
    },
  }
}

function guardedMetrics(
  hpa: Hpa,
  record: HpaRecord | undefined,
  wanted: WantedFloor,
  guardMetric: string | undefined,
): { metrics: HpaMetric[]; guard: HpaRecord['guard']; written: number | undefined } {
  const metrics = givenBackMetrics(hpa, record)
  const own = utilizationTarget(metrics, guardMetric)
  if (guardMetric === undefined || own === undefined || wanted.guardUtilization === undefined) {
    const { guard } = record ?? {}
    const standing = utilizationTarget(metrics, guard?.metric)
    const kept = guard && { ...guard, averageUtilization: standing ?? guard.averageUtilization }
    return { metrics, guard: kept, written: standing }
  }
  const target = Math.max(wanted.guardUtilization, own)
  return {
    metrics: withUtilizationTarget(metrics, guardMetric, target),
    guard: { metric: guardMetric, averageUtilization: own },
    written: target,
  }
}

function givenBackMetrics(hpa: Hpa, record: HpaRecord | undefined): HpaMetric[] {
  const metric = record?.guard?.metric
  const own = ownUtilization(hpa, record, metric)
  return own === undefined ? hpa.spec.metrics : withUtilizationTarget(hpa.spec.metrics, metric, own)
}

function sameTargets(a: readonly HpaMetric[], b: readonly HpaMetric[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * The merge patch that gives the HPA back; undefined where Foresail holds nothing.
 *
 * Not an empty apply: that would remove the fields nobody else owns. Instead the user's values, the
 * annotation and Foresail's entry in managedFields change in one patch. It leaves an entry of its own, with
 * which the user's next apply would conflict: see ownershipPatch.
 */
export function releasePatch(hpa: Hpa): JsonObject | undefined {
  const state = recordOf(hpa)
  if (state.kind !== 'held') return undefined
  const { record } = state
  return {
    metadata: { ...withoutForesail(hpa.metadata), annotations: { [ORIGINAL_ANNOTATION]: null } },
    spec: {
      minReplicas: ownMinReplicas(hpa, record),
      ...(record.guard === undefined ? {} : { metrics: givenBackMetrics(hpa, record) }),
    },
  }
}

/**
 * Takes Foresail out of managedFields and touches no value; undefined where it is not there. To be sent
 * once: with some quantities in spec.metrics (512Mi, not 1Gi; seen with 1.36) the API server counts the list
 * as changed by whoever patches anything, and an entry for it stays.
 */
export function ownershipPatch(hpa: Hpa): JsonObject | undefined {
  const foresails = hpa.metadata.managedFields.some(({ manager }) => isForesail(manager))
  return foresails ? { metadata: withoutForesail(hpa.metadata) } : undefined
}

/** What takes Foresail out of managedFields, bound to what was read. */
export function withoutForesail({
  resourceVersion,
  managedFields,
}: {
  resourceVersion: string
  managedFields: readonly { manager?: string | undefined }[]
}): JsonObject {
  const others = managedFields.filter(({ manager }) => !isForesail(manager))
  // An empty list would mean "no change"; a list of one empty entry empties it.
  return { resourceVersion, managedFields: others.length > 0 ? others : [{}] }
}

function isForesail(manager: string | undefined): boolean {
  return manager === FIELD_MANAGER || manager === RELEASE_MANAGER
}
