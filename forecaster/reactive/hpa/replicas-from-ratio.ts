import { type Failure, isFailure } from './failure.ts'
import type { PodGroups } from './group-pods.ts'
import { ceilToInt32 } from './int64.ts'
import { isWithinTolerance, type Tolerance } from './tolerance.ts'

/** What pods that have no metric to count are taken to use in the second computation. */
export interface Filling {
  missing: 'nothing' | 'all' | 'leftOut'
  unready: 'nothing' | 'leftOut'
}

export interface RatioInput {
  /** Usage over target, of the ready pods. */
  usageRatio: number
  pods: Pick<PodGroups, 'ready' | 'unready' | 'missing'>
  currentReplicas: number
  tolerance: Tolerance
  /** Computes the ratio anew with pods filled in, and how many pods it then holds. */
  fillIn: (filling: Filling) => { ratio: number; podCount: number } | Failure
}

/**
 * Replicas from a ratio per pod. What is not known is filled in against the direction of the change,
 * and a change that does not survive it is not made.
 */
export function replicasFromRatio(input: RatioInput): number | Failure {
  const { usageRatio, pods, currentReplicas, tolerance } = input
  const upWithUnready = pods.unready.length > 0 && usageRatio > 1
  if (!upWithUnready && pods.missing.length === 0) {
    if (isWithinTolerance(tolerance, usageRatio)) return currentReplicas
    return ceilToInt32(usageRatio * pods.ready.length)
  }
  const filled = input.fillIn({
    missing: usageRatio < 1 ? 'all' : usageRatio > 1 ? 'nothing' : 'leftOut',
    unready: upWithUnready ? 'nothing' : 'leftOut',
  })
  if (isFailure(filled)) return filled
  const { ratio, podCount } = filled
  const turned = (usageRatio < 1 && ratio > 1) || (usageRatio > 1 && ratio < 1)
  if (turned || isWithinTolerance(tolerance, ratio)) return currentReplicas
  const replicas = ceilToInt32(ratio * podCount)
  // The number of pods alone may turn the direction too.
  const against =
    (ratio < 1 && replicas > currentReplicas) || (ratio > 1 && replicas < currentReplicas)
  return against ? currentReplicas : replicas
}
