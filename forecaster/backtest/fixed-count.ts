import { replicasFor } from '../replay/offered-load.ts'
import type { BacktestWorld } from './world.ts'

export interface FixedCount {
  replicas: number
  /** Scored steps in which it is short. */
  violatedSteps: number
}

/**
 * The smallest fixed count that is short in no larger share of the scored time, picked in hindsight.
 *
 * @returns null where the maximum allows none
 */
export function leastFixedCount(world: BacktestWorld, violationPercent: number): FixedCount | null {
  const { sizing, load, firstSlot } = world
  const scored = load.demand.filter((_, slot) => slot >= firstSlot && load.scored[slot] === 1)
  const falling = scored.sort().reverse()
  // A share may be a count over these very steps: rounding must not take one of them.
  const mayBeShort = Math.floor((violationPercent / 100) * falling.length + 1e-6)
  const needed = replicasFor(falling[mayBeShort] ?? 0, sizing.capacityPerReplica)
  const replicas = Math.max(needed, sizing.minReplicas)
  if (replicas > sizing.maxReplicas) return null
  const within = falling.findIndex(
    (demand) => replicasFor(demand, sizing.capacityPerReplica) <= replicas,
  )
  return { replicas, violatedSteps: within === -1 ? falling.length : within }
}
