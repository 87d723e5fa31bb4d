import {
  type AggregateMemory,
  aggregateUsage,
  syncAggregateOverSlot,
} from '../reactive/hpa/aggregate-sync.ts'
import { DEFAULT_SETTINGS, toleranceOf } from '../reactive/hpa/controller-settings.ts'

const TOLERANCE = toleranceOf(null, DEFAULT_SETTINGS)

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
      /** The floor that the user set: no decision moves it down. */
      ownMinReplicas: number
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
  memory: AggregateMemory,
  written: Written,
  view: WriterView,
): number {
  if (actuation.kind === 'scale') return written.replicas
  const own = actuation.targetPercent
  const percent = written.trusted ? Math.max(own, actuation.guardPercent) : own
  const hpa = {
    minReplicas: Math.min(Math.max(written.replicas, actuation.ownMinReplicas), view.maxReplicas),
    maxReplicas: view.maxReplicas,
    behavior: null,
    tolerance: TOLERANCE,
    settings: {
      ...DEFAULT_SETTINGS,
      downscaleStabilizationSeconds: actuation.stabilizationSeconds,
    },
  }
  const usage = aggregateUsage(view.newestSample, (view.capacityPerReplica * percent) / 100)
  const { existing, slotStartSeconds, stepSeconds } = view
  return syncAggregateOverSlot(memory, hpa, usage, existing, slotStartSeconds, stepSeconds)
}
