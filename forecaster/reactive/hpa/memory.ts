import type { Behavior } from './behavior.ts'
import { storeScaleEvent } from './scale-events.ts'
import type { ScaleEvents } from './scale-rate.ts'
import type { Recommendation } from './stabilize.ts'

/** What an HPA controller keeps of one HPA between syncs. Times share the origin of the sync's. */
export interface HpaMemory {
  /** Null before the first sync, which then records the replicas it finds. */
  recommendations: readonly Recommendation[] | null
  events: ScaleEvents
}

export const EMPTY_MEMORY: HpaMemory = { recommendations: null, events: { up: [], down: [] } }

/**
 * The memory with a change that was made. Only for policies that count them are changes remembered.
 *
 * @param change replicas added, or below 0 removed
 */
export function withChange(
  memory: HpaMemory,
  behavior: Behavior | null,
  change: number,
  nowSeconds: number,
): HpaMemory {
  if (behavior === null) return memory
  const { up, down } = memory.events
  const events =
    change > 0
      ? { up: storeScaleEvent(up, behavior.scaleUp, change, nowSeconds), down }
      : { up, down: storeScaleEvent(down, behavior.scaleDown, -change, nowSeconds) }
  return { ...memory, events }
}
