import { HPA_TOLERANCE, type HpaMemory, syncHpaOverSlot } from '../reactive/aggregate-hpa.ts'

/** Who writes replicas. */
export type Actuation =
  /** Foresail itself: its decision is the number. */
  | { kind: 'scale' }
  /** An HPA whose floor Foresail moves: the decision is its minReplicas. */
  | {
      kind: 'hpa'
      /** What the user's HPA aims at, in per cent of the capacity. */
      targetPercent: number
      /** What it aims at while the forecast is trusted; never below the user's own. */
      guardPercent: number
      stabilizationSeconds: number
    }

/** What is written for one slot. */
export interface Written {
  /** The decision: the number itself, or a floor. */
  replicas: number
  /** Whether the forecast is trusted: only then does the guard take the place of the user's target. */
  trusted: boolean
}

/** What the one who writes sees and is bound by. */
export interface WriterView {
  /** Demand of the newest closed slot; NaN when it is missing. */
  newestSample: number
  existing: number
  capacityPerReplica: number
  maxReplicas: number
  slotStartSeconds: number
  stepSeconds: number
}

/** Replicas that come of what was written; `memory` is that of the HPA beneath. */
export function actuate(
  actuation: Actuation,
  memory: HpaMemory,
  written: Written,
  view: WriterView,
): number {
  if (actuation.kind === 'scale') return written.replicas
  const own = actuation.targetPercent
  const percent = written.trusted ? Math.max(own, actuation.guardPercent) : own
  const settings = {
    targetPerReplica: (view.capacityPerReplica * percent) / 100,
    minReplicas: Math.min(written.replicas, view.maxReplicas),
    maxReplicas: view.maxReplicas,
    stabilizationSeconds: actuation.stabilizationSeconds,
    tolerance: HPA_TOLERANCE,
  }
  const { newestSample, existing, slotStartSeconds, stepSeconds } = view
  return syncHpaOverSlot(memory, settings, newestSample, existing, slotStartSeconds, stepSeconds)
}
