import {
  createHpaMemory,
  HPA_TOLERANCE,
  type HpaSettings,
  syncHpaOverSlot,
} from '../reactive/aggregate-hpa.ts'
import type { Policy } from '../replay/replay.ts'

/** One HPA as people set it: a target in per cent of the capacity and a scale-down window. */
export interface HpaSetting {
  targetPercent: number
  stabilizationSeconds: number
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
  const memory = createHpaMemory()
  const settings: HpaSettings = {
    targetPerReplica: (input.capacityPerReplica * input.targetPercent) / 100,
    minReplicas: input.minReplicas,
    maxReplicas: input.maxReplicas,
    stabilizationSeconds: input.stabilizationSeconds,
    tolerance: HPA_TOLERANCE,
  }
  return ({ slot, newestSample, existing }) =>
    syncHpaOverSlot(
      memory,
      settings,
      newestSample,
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
