import type { Condition } from './conditions.ts'
import type { ControllerSettings } from './controller-settings.ts'
import type { Failure } from './failure.ts'
import type { HpaSpec, Scale } from './hpa-spec.ts'
import type { HpaMemory } from './memory.ts'
import type { Normalized } from './normalize.ts'
import type { Pod } from './pod.ts'
import type { Proposed } from './propose.ts'
import type { Sample } from './sample.ts'

/** All that one sync of the HPA controller sees. */
export interface SyncInput {
  spec: HpaSpec
  /** The HPA's status as the sync before left it. */
  status: { desiredReplicas: number; conditions: readonly Condition[] }
  scale: Scale | Failure
  /** The pods that the scale's selector selects. */
  pods: readonly Pod[]
  /** Every HPA that selects some of these pods, this one included, as `namespace/name`. */
  selectingHpas: readonly string[]
  /** By metric. */
  samples: readonly Sample[]
  memory: HpaMemory
  settings: ControllerSettings
  /** What the API server answers when the scale is written; null where it takes it. */
  writeRefusal: string | null
  nowSeconds: number
}

/** What one sync did, and what it leaves behind. */
export interface Reconciled {
  /** status.desiredReplicas. */
  desiredReplicas: number
  conditions: readonly Condition[]
  /** Replicas written to the scale; null where nothing was. */
  written: number | null
  /** Why they were, as the event words it. */
  rescaleReason: string
  /** What the metrics said; null where they were not asked. */
  proposed: Proposed | null
  /** How what they said was held and limited; null where it was not. */
  normalized: Normalized | null
  /** What the sync failed with; it may have scaled all the same. */
  error: string | null
  memory: HpaMemory
}
