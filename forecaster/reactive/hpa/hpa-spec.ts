import type { Behavior } from './behavior.ts'
import type { Failure } from './failure.ts'
import type { MetricSpec } from './metric-spec.ts'

export interface HpaSpec {
  namespace: string
  minReplicas: number
  maxReplicas: number
  /** At least one. */
  metrics: readonly MetricSpec[]
  behavior: Behavior | null
}

/** The target's scale as the HPA reads it. */
export interface Scale {
  specReplicas: number
  statusReplicas: number
  /** What selects the pods; or, in words, why there is no such selector. */
  selector: string | (Failure & { kind: 'missing' | 'unparsable' })
}

/** Only a metric of the whole workload can tell of load without pods. */
export function hasWorkloadMetric({ metrics }: HpaSpec): boolean {
  return metrics.some(({ type }) => type === 'Object' || type === 'External')
}
