import type { Behavior } from './behavior.ts'
import type { Condition } from './conditions.ts'
import type { ControllerSettings } from './controller-settings.ts'
import {
  type Bounds,
  type Limited,
  limitReplicas,
  limitReplicasWithBehavior,
} from './limit-replicas.ts'
import type { HpaMemory } from './memory.ts'
import { type Recommendation, stabilize, stabilizeWithBehavior } from './stabilize.ts'

export interface NormalizeInput {
  current: number
  /** What the metrics ask for. */
  desired: number
  bounds: Bounds
  behavior: Behavior | null
  memory: HpaMemory
  settings: Pick<ControllerSettings, 'downscaleStabilizationSeconds' | 'upscaleLimit'>
  nowSeconds: number
}

export interface Normalized {
  /** After the stabilization windows, before any limit. */
  stabilized: number
  limited: Limited
  recommendations: readonly Recommendation[]
  ableToScale: Condition
  scalingLimited: Condition
}

const HIGHEST =
  'recent recommendations were higher than current one, applying the highest recent recommendation'
const LOWEST =
  'recent recommendations were lower than current one, applying the lowest recent recommendation'

/** From what the metrics ask for to what may be set: windows first, then limits. */
export function normalize(input: NormalizeInput): Normalized {
  const { current, desired, behavior, bounds, nowSeconds, settings } = input
  const { events, recommendations: earlier } = input.memory
  const window = settings.downscaleStabilizationSeconds
  const recent = earlier ?? []
  const { replicas: stabilized, recommendations } =
    behavior === null
      ? stabilize(recent, desired, window, nowSeconds)
      : stabilizeWithBehavior(recent, current, desired, windowsOf(behavior, window), nowSeconds)
  const limited =
    behavior === null
      ? limitReplicas(current, stabilized, bounds, settings.upscaleLimit)
      : limitReplicasWithBehavior(current, stabilized, bounds, behavior, events, nowSeconds)
  return {
    stabilized,
    limited,
    recommendations,
    ableToScale: ableToScale(input, stabilized),
    scalingLimited: {
      type: 'ScalingLimited',
      status: limited.replicas === stabilized ? 'False' : 'True',
      reason: limited.reason,
      message: limited.message,
    },
  }
}

function windowsOf({ scaleUp, scaleDown }: Behavior, downscaleStabilizationSeconds: number) {
  return {
    upSeconds: scaleUp.stabilizationWindowSeconds ?? 0,
    downSeconds: scaleDown.stabilizationWindowSeconds ?? downscaleStabilizationSeconds,
  }
}

function ableToScale({ current, desired, behavior }: NormalizeInput, stabilized: number) {
  const condition = { type: 'AbleToScale', status: 'True' } as const
  if (stabilized === desired) {
    const message = 'recommended size matches current size'
    return { ...condition, reason: 'ReadyForNewScale', message }
  }
  return behavior !== null && desired >= current
    ? { ...condition, reason: 'ScaleUpStabilized', message: LOWEST }
    : { ...condition, reason: 'ScaleDownStabilized', message: HIGHEST }
}
