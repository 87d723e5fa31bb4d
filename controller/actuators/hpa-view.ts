import type { HpaView } from '../reconcile/ports.ts'
import { type Hpa, utilizationTarget } from './hpa-object.ts'
import { ownMinReplicas, ownUtilization, recordOf } from './hpa-record.ts'

/** What the reconciler sees of an HPA. `guardMetric` is the resource (cpu, memory) of the guard. */
export function hpaView(hpa: Hpa, guardMetric: string | undefined): HpaView {
  const { spec } = hpa
  const state = recordOf(hpa)
  const record = state.kind === 'held' ? state.record : undefined
  return {
    minReplicas: spec.minReplicas,
    maxReplicas: spec.maxReplicas,
    ...statusOf(hpa),
    guardUtilization: utilizationTarget(spec.metrics, guardMetric),
    original: {
      minReplicas: ownMinReplicas(hpa, record),
      guardUtilization: ownUtilization(hpa, record, guardMetric),
    },
  }
}

/**
 * In an HPA's status a missing number and 0 look the same. Before the first sync there are no conditions;
 * while the target cannot be read, currentReplicas is not known; and a desiredReplicas of 0 beside running
 * pods is only the HPA's word once it could compute it.
 */
function statusOf({
  status,
}: Hpa): Pick<HpaView, 'currentReplicas' | 'desiredReplicas' | 'scalingActive'> {
  const condition = (type: string): boolean | undefined => {
    const found = status.conditions?.find((one) => one.type === type)?.status
    return found === 'True' ? true : found === 'False' ? false : undefined
  }
  const scalingActive = condition('ScalingActive')
  const couldRead = condition('AbleToScale') === true || scalingActive !== undefined
  const currentReplicas = couldRead ? (status.currentReplicas ?? 0) : undefined
  const desired = status.desiredReplicas ?? 0
  const desiredKnown = couldRead && (desired > 0 || currentReplicas === 0 || scalingActive === true)
  return {
    currentReplicas,
    desiredReplicas: desiredKnown ? desired : undefined,
    scalingActive,
  }
}
