import type { DecideInput } from '../decide/decide.ts'
import { averageValueReplicas } from './hpa/workload-metric-replicas.ts'

/** Demand at capacity is served, demand above it is not: there is nothing to tolerate. */
const NO_TOLERANCE = { down: 0, up: 0 }

/**
 * What demand as it is now needs, without headroom: no forecast may promise less. The HPA's rule for demand
 * of the whole workload, with the capacity as its target. Beneath an HPA the HPA does this itself.
 *
 * @param needReplicas demand of the newest closed slot, in replicas; NaN when it is missing
 */
export function currentNeed(needReplicas: number): DecideInput['reactive'] {
  if (Number.isNaN(needReplicas)) return { kind: 'absent', why: 'NoFreshData' }
  // An overload by float noise is none (PROTOCOL §4).
  const usage = needReplicas / (1 + 1e-9)
  return { kind: 'known', replicas: averageValueReplicas(usage, 1, 0, NO_TOLERANCE) }
}
