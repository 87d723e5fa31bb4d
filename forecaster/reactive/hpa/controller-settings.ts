import type { ReadinessTiming } from './group-pods.ts'
import type { UpscaleLimit } from './limit-replicas.ts'

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

/** As Kubernetes 1.36 ships it. */
export const DEFAULT_SETTINGS: ControllerSettings = {
  tolerance: 0.1,
  downscaleStabilizationSeconds: 300,
  timing: { cpuInitializationPeriodSeconds: 300, initialReadinessDelaySeconds: 30 },
  upscaleLimit: { factor: 2, minimum: 4 },
  features: { configurableTolerance: true, scaleToZero: false, podLevelResources: true },
}
