import type { Limits } from '../../forecaster/workload/workload.ts'
import type { Bound } from '../api/bounds.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { isOpen } from './window.ts'

/** The limits of one decision, and the windows that set them. */
export interface LimitsInForce extends Limits {
  /** Name of the window of bounds; undefined where spec itself says it. */
  minFrom: string | undefined
  maxFrom: string | undefined
}

type Bounded = Pick<PredictiveScalerSpec, 'minReplicas' | 'maxReplicas' | 'bounds'>

/**
 * The limits of the decision for the slot that begins at `atMs`. Its pods are Ready a lead later, so the
 * minimum is the largest from now until then: a window finds its pods Ready when it opens. A maximum counts
 * only while its window is open: lowering for one that opens later would take pods that are needed now. What
 * a window that opens later allows above spec.maxReplicas, its own minimum may use before.
 */
export function limitsAt(
  spec: Bounded,
  atMs: number,
  leadSteps: number,
  stepSeconds: number,
): LimitsInForce {
  if (spec.bounds.length === 0) return plain(spec)
  const now = openAt(spec.bounds, atMs)
  const ceiling = smallest(now, spec.maxReplicas)
  let floor = { replicas: spec.minReplicas, from: undefined as string | undefined }
  for (let ahead = 0; ahead <= leadSteps; ahead++) {
    const then = ahead === 0 ? now : openAt(spec.bounds, atMs + ahead * stepSeconds * 1000)
    const allowed = smallest(then, spec.maxReplicas).replicas
    for (const { name, minReplicas = 0 } of then) {
      const replicas = Math.min(minReplicas, allowed)
      if (replicas > floor.replicas) floor = { replicas, from: name }
    }
  }
  // A maximum that a window sets now wins over a minimum: it is what a person set against running away.
  const most =
    ceiling.from === undefined ? Math.max(ceiling.replicas, floor.replicas) : ceiling.replicas
  return {
    minReplicas: Math.min(floor.replicas, most),
    maxReplicas: most,
    minFrom: floor.from,
    maxFrom: ceiling.from,
  }
}

function plain({ minReplicas, maxReplicas }: Bounded): LimitsInForce {
  return { minReplicas, maxReplicas, minFrom: undefined, maxFrom: undefined }
}

function openAt(bounds: readonly Bound[], atMs: number): readonly Bound[] {
  return bounds.filter((bound) => isOpen(bound, atMs))
}

function smallest(open: readonly Bound[], otherwise: number) {
  let most = { replicas: otherwise, from: undefined as string | undefined }
  for (const { name, maxReplicas } of open) {
    if (maxReplicas === undefined) continue
    if (most.from === undefined || maxReplicas < most.replicas) {
      most = { replicas: maxReplicas, from: name }
    }
  }
  return most
}
