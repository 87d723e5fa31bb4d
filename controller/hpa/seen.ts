import {
  type ControllerSettings,
  DEFAULT_SETTINGS,
} from '../../forecaster/reactive/hpa/controller-settings.ts'
import type { Failure } from '../../forecaster/reactive/hpa/failure.ts'
import type { Scale } from '../../forecaster/reactive/hpa/hpa-spec.ts'
import type { HpaMemory } from '../../forecaster/reactive/hpa/memory.ts'
import type { Pod } from '../../forecaster/reactive/hpa/pod.ts'
import type { Sample } from '../../forecaster/reactive/hpa/sample.ts'
import type { Snapshot } from './snapshot-schema.ts'

/** All that one sync sees beside the HPA itself, from a file or from a cluster. */
export interface Seen {
  nowSeconds: number
  scale: Scale | Failure
  pods: readonly Pod[]
  /** By metric of the HPA. */
  samples: readonly Sample[]
  otherHpas: readonly string[]
  memory: HpaMemory
  /** Whether the memory holds what the controller remembers; else only what metrics ask for is known. */
  memoryKnown: boolean
  settings: ControllerSettings
}

/** A scale whose API omits the selector scales nothing: the HPA says so. */
export function toScale({ spec, status }: Snapshot['scale']): Scale {
  const { replicas: statusReplicas, selector } = status
  return {
    ...{ specReplicas: spec.replicas, statusReplicas },
    selector: selector === '' ? { kind: 'missing', failure: 'selector is required' } : selector,
  }
}

export function toSettings({ controller }: Snapshot): ControllerSettings {
  const { tolerance, downscaleStabilizationSeconds, ...rest } = controller
  const { cpuInitializationPeriodSeconds, initialReadinessDelaySeconds, ...features } = rest
  const timing = { cpuInitializationPeriodSeconds, initialReadinessDelaySeconds }
  const { upscaleLimit } = DEFAULT_SETTINGS
  return { tolerance, downscaleStabilizationSeconds, timing, upscaleLimit, features }
}

export function toMemory({ recommendations, scaleEvents }: Snapshot): HpaMemory {
  const toEvents = (changes: readonly { change: number; at: number }[] = []) =>
    changes.map(({ change, at }) => ({ change, atSeconds: at, outdated: false }))
  return {
    // None known is none, not a first sync: that one would hold the replicas it finds.
    recommendations: (recommendations ?? []).map(({ replicas, at }) => ({
      replicas,
      atSeconds: at,
    })),
    events: { up: toEvents(scaleEvents?.up), down: toEvents(scaleEvents?.down) },
  }
}
