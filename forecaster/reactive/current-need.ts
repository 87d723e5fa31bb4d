import type { DecideInput } from '../decide/decide.ts'

/**
 * What demand as it is now needs, without headroom: no forecast may promise less. Beneath an HPA the
 * HPA does this itself.
 *
 * @param needReplicas demand of the newest closed slot, in replicas; NaN when it is missing
 */
export function currentNeed(needReplicas: number): DecideInput['reactive'] {
  return Number.isNaN(needReplicas)
    ? { kind: 'absent', why: 'NoFreshData' }
    : { kind: 'known', replicas: Math.ceil(needReplicas / (1 + 1e-9)) }
}
