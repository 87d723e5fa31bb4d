import type { Int64 } from './int64.ts'

/** Requests in thousandths of the resource's unit; a resource that is not requested is missing. */
export type Requests = Readonly<Record<string, Int64 | undefined>>

export interface Container {
  name: string
  requests: Requests
}

export interface InitContainer extends Container {
  /** Runs on beside the others: restartPolicy Always. */
  restartable: boolean
}

/** What the HPA reads of a pod. Times are seconds since an origin that all times of one call share. */
export interface Pod {
  name: string
  phase: string
  deleted: boolean
  startSeconds: number | null
  /** The Ready condition; null where the pod has none. */
  ready: { status: string; sinceSeconds: number } | null
  containers: readonly Container[]
  initContainers: readonly InitContainer[]
  /** Requests of the pod as a whole; null where it makes none. */
  podRequests: Requests | null
  /** What running a pod costs beyond its containers; null where nothing is declared. */
  overhead: Requests | null
}

/** One metric of one pod. */
export interface PodMetric {
  /** In thousandths of the metric's unit. */
  value: Int64
  atSeconds: number
  /** Length of the window before `atSeconds` that the value was measured over. */
  windowSeconds: number
}

/** By name of the pod. */
export type PodMetrics = ReadonlyMap<string, PodMetric>
