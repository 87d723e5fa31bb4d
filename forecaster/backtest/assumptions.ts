import { percentileLinear } from '../outcome/percentile.ts'
import { busyPeak } from '../plans/risk.ts'
import { replicasFor } from '../replay/offered-load.ts'
import type { Series } from '../series/series.ts'

export const DEFAULT_PEAK_REPLICAS = 20
/** Where no maximum is given: room enough that it should never bind, from the warm-up alone. */
const ROOM_OVER_WARM_UP = 10

/** What the user stated; null where the backtest must assume. */
export interface Stated {
  capacityPerReplica: number | null
  peakReplicas: number | null
  minReplicas: number
  maxReplicas: number | null
}

export interface Sizing {
  capacityPerReplica: number
  minReplicas: number
  maxReplicas: number
  /** Replicas that the busy hours of the warm-up need: its 99th percentile. */
  peakReplicas: number
  /** Largest, 99th percentile and median of the warm-up's need: what people set as a fixed size. */
  largestNeed: number
  p99Need: number
  usualNeed: number
}

/**
 * Capacity and limits from what was stated and, for the rest, from the warm-up alone: nothing later
 * may be seen (PROTOCOL §2).
 *
 * @returns null when the warm-up has no sample, or no demand to tell a capacity that was not stated
 */
export function sizing(series: Series, warmUpSlots: number, stated: Stated): Sizing | null {
  const known = series.values.subarray(0, warmUpSlots).filter((value) => !Number.isNaN(value))
  const sorted = known.map((value) => Math.max(0, value)).sort()
  const largest = sorted.at(-1) ?? 0
  const busy = percentileLinear(sorted, 0.99)
  // Idle but for moments: its 99th percentile is nothing, its largest sample is not.
  const peak = busy > 0 ? busy : largest
  const assumed = peak / (stated.peakReplicas ?? DEFAULT_PEAK_REPLICAS)
  const capacity = stated.capacityPerReplica ?? Number(assumed.toPrecision(9))
  if (sorted.length === 0 || !(capacity > 0)) return null
  const atLeast = (demand: number) => Math.max(stated.minReplicas, replicasFor(demand, capacity))
  const largestNeed = atLeast(largest)
  return {
    capacityPerReplica: capacity,
    minReplicas: stated.minReplicas,
    maxReplicas: stated.maxReplicas ?? ROOM_OVER_WARM_UP * largestNeed,
    peakReplicas: busyPeak(sorted.map((demand) => demand / capacity)),
    largestNeed,
    p99Need: atLeast(busy),
    usualNeed: atLeast(percentileLinear(sorted, 0.5)),
  }
}
