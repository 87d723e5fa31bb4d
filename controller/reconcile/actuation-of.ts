import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import type { HpaOriginal } from './ports.ts'

/** What an HPA aims at whose guard metric has no target: as most people set it, in per cent. */
const USUAL_TARGET_PERCENT = 70

/**
 * Who writes replicas, for the virtual runs of the workload. A target in per cent of the pods' request is
 * taken for one of the capacity: what else a utilisation would mean in demand is not known.
 */
export function actuationOf(spec: PredictiveScalerSpec, own: HpaOriginal | null): Actuation {
  const targetPercent = own?.guardUtilization ?? USUAL_TARGET_PERCENT
  const { guard } = spec.reactive
  return {
    kind: 'hpa',
    targetPercent,
    guardPercent:
      spec.mode === 'Auto' && guard !== undefined ? guard.averageUtilization : targetPercent,
    stabilizationSeconds: HPA_STABILIZATION_SECONDS,
  }
}
