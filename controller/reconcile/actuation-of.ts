import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import type { HpaOriginal } from './ports.ts'

/** What an HPA aims at without a target on the guard metric: as most people set it, in per cent. */
const USUAL_TARGET_PERCENT = 70

/**
 * Who writes replicas, for the virtual runs of the workload. A target in per cent of the pods' request is
 * taken for one of the capacity: what else a utilisation would mean in demand is not known.
 *
 * @param own the user's values in the HPA; null while it was not read: then it is taken for a usual one
 */
export function actuationOf(spec: PredictiveScalerSpec, own: HpaOriginal | null): Actuation {
  if (spec.actuator.type === 'Scale') return { kind: 'scale' }
  const targetPercent = own?.guardUtilization ?? USUAL_TARGET_PERCENT
  const { guard } = spec.reactive
  // A target that is not there is not raised either, nor one of another mode: as in what is written.
  const raised = spec.mode === 'Auto' && (own === null || own.guardUtilization !== undefined)
  return {
    kind: 'hpa',
    targetPercent,
    guardPercent: raised && guard !== undefined ? guard.averageUtilization : targetPercent,
    stabilizationSeconds: HPA_STABILIZATION_SECONDS,
    ownMinReplicas: own?.minReplicas ?? spec.minReplicas,
  }
}
