/** What a workload is asked to do, set by a scenario: demand as a function of time, in any unit. */
export interface Load {
  namespace: string
  workload: string
  /** Labels that the workload's pods have. */
  selector: Record<string, string>
  /** CPU request of one pod, in thousandths of a core. */
  cpuMillis: number
  /** The demand at which one pod uses exactly its CPU request. */
  capacity: number
  /** Total demand at a time in milliseconds since 1970. */
  demand: (at: number) => number
  /** A pod uses at most this share of its request, as with a CPU limit; no limit when left out. */
  saturation?: number
}

/** What one of `ready` pods uses when the demand is shared equally, in thousandths of a core. */
export function usagePerPod(load: Load, ready: number, at: number): number {
  if (ready === 0) return 0
  const share = load.demand(at) / load.capacity / ready
  return Math.min(share, load.saturation ?? Number.POSITIVE_INFINITY) * load.cpuMillis
}

export function matches(labels: Record<string, string>, selector: Record<string, string>): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value)
}
