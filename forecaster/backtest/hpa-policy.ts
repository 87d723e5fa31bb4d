import {
  type AggregateHpa,
  aggregateUsage,
  createAggregateMemory,
  syncAggregateOverSlot,
} from '../reactive/hpa/aggregate-sync.ts'
import type { Behavior } from '../reactive/hpa/behavior.ts'
import { DEFAULT_SETTINGS, toleranceOf } from '../reactive/hpa/controller-settings.ts'
import type { Policy } from '../replay/replay.ts'

/** One HPA as people set it: a target in per cent of the capacity and a scale-down window. */
export interface HpaSetting {
  targetPercent: number
  /** Scale-down; a window in `behavior` goes before it. */
  stabilizationSeconds: number
  /** Without it the HPA moves as it does where people write none. */
  behavior?: Behavior
}

export interface HpaPolicyInput extends HpaSetting {
  capacityPerReplica: number
  minReplicas: number
  maxReplicas: number
  startSeconds: number
  stepSeconds: number
}

/** An HPA alone: it sees each sample once it is there, four syncs a minute. */
export function hpaPolicy(input: HpaPolicyInput): Policy {
  const memory = createAggregateMemory()
  const targetPerReplica = (input.capacityPerReplica * input.targetPercent) / 100
  const behavior = input.behavior ?? null
  const hpa: AggregateHpa = {
    minReplicas: input.minReplicas,
    maxReplicas: input.maxReplicas,
    behavior,
    tolerance: toleranceOf(behavior, DEFAULT_SETTINGS),
    settings: { ...DEFAULT_SETTINGS, downscaleStabilizationSeconds: input.stabilizationSeconds },
  }
  return ({ slot, newestSample, existing }) =>
    syncAggregateOverSlot(
      memory,
      hpa,
      aggregateUsage(newestSample, targetPerReplica),
      existing,
      input.startSeconds + slot * input.stepSeconds,
      input.stepSeconds,
    )
}

const TARGETS_PERCENT = Array.from({ length: 20 }, (_, i) => 5 * (i + 1))
const STABILIZATIONS_SECONDS = [0, 300, 600, 900, 1800, 3600, 7200]

/** The settings among which the best HPA is picked in hindsight. */
export const HPA_SWEEP: readonly HpaSetting[] = TARGETS_PERCENT.flatMap((targetPercent) =>
  STABILIZATIONS_SECONDS.map((stabilizationSeconds) => ({ targetPercent, stabilizationSeconds })),
)
