import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import type { HpaOriginal } from './ports.ts'

/** What an HPA aims at without a target on the guard metric: as most people set it, in per cent. */
const USUAL_TARGET_PERCENT = 70

/**
 * Who writes replicas, for the virtual runs of the workload.
 *
 * @param own the user's values in the HPA; null while it was not read: then it is taken for a usual one
 */
export function actuationOf(spec: PredictiveScalerSpec, own: HpaOriginal | null): Actuation {
  if (spec.actuator.type === 'Scale') return { kind: 'scale' }
  const { guard } = spec.reactive
  const ofCapacity = (percent: number): number => percentOfCapacity(spec, percent)
  const ownTarget = own?.guardUtilization
  const targetPercent = ownTarget === undefined ? USUAL_TARGET_PERCENT : ofCapacity(ownTarget)
  // A target that is not there is not raised either, nor one of another mode: as in what is written.
  const raised = spec.mode === 'Auto' && (own === null || own.guardUtilization !== undefined)
  return {
    kind: 'hpa',
    targetPercent,
    guardPercent:
      raised && guard !== undefined ? ofCapacity(guard.averageUtilization) : targetPercent,
    stabilizationSeconds: HPA_STABILIZATION_SECONDS,
    ownMinReplicas: own?.minReplicas ?? spec.minReplicas,
  }
}

/**
 * A target of the guard metric, in per cent of the pods' request, as one of the capacity. Where demand has no
 * signal of that resource with a share of the request, the request is taken for the capacity: what else a
 * utilisation would mean in demand is not known.
 */
export function percentOfCapacity(
  { demand, reactive }: PredictiveScalerSpec,
  percent: number,
): number {
  const { guard } = reactive
  const signal = demand.find(
    ({ resource }) => guard !== undefined && resource?.name === guard.metric,
  )
  const capacityPercent = signal?.capacity.averageUtilization ?? 100
  return (100 * percent) / capacityPercent
}
