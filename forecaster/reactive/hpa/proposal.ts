import type { Failure } from './failure.ts'
import type { ReadinessTiming } from './group-pods.ts'
import type { Int64 } from './int64.ts'
import type { Pod } from './pod.ts'
import type { Tolerance } from './tolerance.ts'

/** The workload that metrics are judged on. */
export interface Workload {
  namespace: string
  /** The pods that the scale's selector selects. */
  pods: readonly Pod[]
  specReplicas: number
  statusReplicas: number
  tolerance: Tolerance
  timing: ReadinessTiming
  podLevelResources: boolean
  nowSeconds: number
}

/** A metric's value as status.currentMetrics shows it, in thousandths. */
export interface MetricCurrent {
  averageUtilizationPercent?: number
  averageValue?: Int64
  value?: Int64
}

/** What one metric alone would set. */
export interface Proposal {
  replicas: number
  /** The metric in the HPA's words. */
  name: string
  current: MetricCurrent
}

/** Why a metric gives no proposal, and the reason that ScalingActive then carries. */
export interface MetricFailure extends Failure {
  reason: string
  /** The metric, as the error of the whole sync introduces it. */
  what: string
}
