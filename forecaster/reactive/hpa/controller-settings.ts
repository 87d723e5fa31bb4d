import type { Behavior } from './behavior.ts'
import type { ReadinessTiming } from './group-pods.ts'
import type { UpscaleLimit } from './limit-replicas.ts'
import type { Tolerance } from './tolerance.ts'

/** Flags and gates of the HPA controller itself: the same for every HPA of a cluster. */
export interface ControllerSettings {
  /** Share of the target, both ways. */
  tolerance: number
  downscaleStabilizationSeconds: number
  timing: ReadinessTiming
  upscaleLimit: UpscaleLimit
  features: {
    /** Tolerances of spec.behavior are followed. */
    configurableTolerance: boolean
    scaleToZero: boolean
    podLevelResources: boolean
  }
}

/** Between two syncs of one HPA. */
export const HPA_SYNC_SECONDS = 15

/** How long a higher recommendation holds against a lower one. */
export const HPA_STABILIZATION_SECONDS = 300

/** As Kubernetes 1.36 ships it. */
export const DEFAULT_SETTINGS: ControllerSettings = {
  tolerance: 0.1,
  downscaleStabilizationSeconds: HPA_STABILIZATION_SECONDS,
  timing: { cpuInitializationPeriodSeconds: 300, initialReadinessDelaySeconds: 30 },
  upscaleLimit: { factor: 2, minimum: 4 },
  features: { configurableTolerance: true, scaleToZero: false, podLevelResources: true },
}

/** What an HPA tolerates: its own where it says so and the cluster follows it. */
export function toleranceOf(behavior: Behavior | null, settings: ControllerSettings): Tolerance {
  const own = settings.features.configurableTolerance ? behavior : null
  return {
    down: own?.scaleDown.tolerance ?? settings.tolerance,
    up: own?.scaleUp.tolerance ?? settings.tolerance,
  }
}
