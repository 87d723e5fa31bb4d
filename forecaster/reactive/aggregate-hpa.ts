/**
 * The HPA's rules on aggregate demand: one AverageValue metric over pods that share the load evenly
 * (specs/hpa.md §3, §5, §8). The engine to the digit has an issue of its own.
 */
export interface HpaSettings {
  /** Demand per replica aimed at, in demand units. */
  targetPerReplica: number
  minReplicas: number
  maxReplicas: number
  /** Seconds a higher recommendation holds against a lower one. */
  stabilizationSeconds: number
  /** Relative distance from the target within which nothing changes. */
  tolerance: number
}

/** What an HPA controller keeps in memory between syncs. */
export interface HpaMemory {
  recommendations: { atSeconds: number; replicas: number }[]
}

export const HPA_SYNC_SECONDS = 15
export const HPA_TOLERANCE = 0.1
export const HPA_STABILIZATION_SECONDS = 300

export function createHpaMemory(): HpaMemory {
  return { recommendations: [] }
}

/**
 * One sync of the HPA: replicas it would set for `demand` with `current` replicas in place.
 *
 * @param demand total over the workload; NaN when the metric is missing: the HPA then changes nothing
 */
export function syncHpa(
  memory: HpaMemory,
  settings: HpaSettings,
  demand: number,
  current: number,
  atSeconds: number,
): number {
  const { minReplicas, maxReplicas } = settings
  if (current > maxReplicas) return maxReplicas
  if (current < minReplicas) return minReplicas
  if (Number.isNaN(demand)) return current
  const ratio = demand / (settings.targetPerReplica * current)
  // Compared as upstream does: |1.1 - 1| > 0.1 in floats.
  const within = 1 - settings.tolerance <= ratio && ratio <= 1 + settings.tolerance
  const raw = within ? current : Math.ceil(demand / settings.targetPerReplica - 1e-9)
  const stabilized = highestRecent(memory.recommendations, raw, atSeconds, settings)
  const scaleUpLimit = Math.max(2 * current, 4)
  return Math.min(Math.max(stabilized, minReplicas), maxReplicas, scaleUpLimit)
}

/**
 * The highest recommendation within the window, the newest included. Those that a later and higher one
 * outlives are forgotten: what is left falls from the oldest to the newest.
 */
function highestRecent(
  recommendations: HpaMemory['recommendations'],
  newest: number,
  atSeconds: number,
  { stabilizationSeconds }: HpaSettings,
): number {
  while (atSeconds - (recommendations[0]?.atSeconds ?? Infinity) > stabilizationSeconds) {
    recommendations.shift()
  }
  while ((recommendations.at(-1)?.replicas ?? Infinity) <= newest) recommendations.pop()
  recommendations.push({ atSeconds, replicas: newest })
  return recommendations[0]?.replicas ?? newest
}

/** The syncs that fall into one slot, all on the same sample. */
export function syncHpaOverSlot(
  memory: HpaMemory,
  settings: HpaSettings,
  demand: number,
  current: number,
  slotStartSeconds: number,
  stepSeconds: number,
): number {
  const syncs = Math.max(1, Math.round(stepSeconds / HPA_SYNC_SECONDS))
  let replicas = current
  for (let i = 0; i < syncs; i++) {
    replicas = syncHpa(memory, settings, demand, replicas, slotStartSeconds + i * HPA_SYNC_SECONDS)
  }
  return replicas
}
