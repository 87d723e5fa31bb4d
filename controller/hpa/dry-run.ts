import { type Condition } from '../../forecaster/reactive/hpa/conditions.ts'
import { isFailure } from '../../forecaster/reactive/hpa/failure.ts'
import type { HpaSpec } from '../../forecaster/reactive/hpa/hpa-spec.ts'
import { reconcile } from '../../forecaster/reactive/hpa/reconcile.ts'
import type { Reconciled } from '../../forecaster/reactive/hpa/sync.ts'
import type { HpaManifest, StatusCondition } from './hpa-schema.ts'
import type { Seen } from './seen.ts'
import { toHpaSpec } from './to-hpa-spec.ts'

/** What one HPA would do now. */
export interface DryRun {
  namespace: string
  name: string
  target: { kind: string; name: string }
  spec: HpaSpec
  /** Replicas asked for now; null where the scale cannot be read. */
  currentReplicas: number | null
  reconciled: Reconciled
  memoryKnown: boolean
}

/** One sync of the HPA on what is seen. Nothing is written anywhere. */
export function dryRun(hpa: HpaManifest, seen: Seen): DryRun {
  const { metadata, spec: written, status } = hpa
  const { namespace, name } = metadata
  const { scale } = seen
  const spec = toHpaSpec(hpa)
  const currentReplicas = isFailure(scale) ? null : scale.specReplicas
  const reconciled = reconcile({
    spec,
    status: {
      desiredReplicas: status?.desiredReplicas ?? currentReplicas ?? 0,
      conditions: (status?.conditions ?? []).flatMap(knownCondition),
    },
    ...{ scale, pods: seen.pods, samples: seen.samples, memory: seen.memory },
    selectingHpas: [`${namespace}/${name}`, ...seen.otherHpas],
    ...{ settings: seen.settings, writeRefusal: null, nowSeconds: seen.nowSeconds },
  })
  const { kind, name: targetName } = written.scaleTargetRef
  return {
    ...{ namespace, name, target: { kind, name: targetName }, spec, currentReplicas },
    ...{ reconciled, memoryKnown: seen.memoryKnown },
  }
}

const TYPES = ['AbleToScale', 'ScalingActive', 'ScalingLimited', 'ScaledToZero'] as const

/** Conditions that a sync may leave as they are. */
function knownCondition({ type, status, reason, message }: StatusCondition): Condition[] {
  const known = TYPES.find((one) => one === type)
  if (known === undefined || (status !== 'True' && status !== 'False')) return []
  return [{ type: known, status, reason, message }]
}
