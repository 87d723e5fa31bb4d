import type { NoRoom } from '../reconcile/ports.ts'
import type { Pod } from './pod.ts'

/** A cluster that grows has a node within this; until then a pod without one is nothing to speak of. */
const PATIENCE_SECONDS = 300
/** So long after the newest attempt another one is worth it: nobody else may be there to try. */
const TRY_AGAIN_SECONDS = 1200

/**
 * Pods that find no node for long, while no other pod of the workload found one either; null where there is
 * room. One that alone is stuck (its volume lies elsewhere) says nothing about the others.
 */
export function noRoomFor(pods: readonly Pod[], nowSeconds: number): NoRoom | null {
  const waits: number[] = []
  for (const { exists, unschedulableSeconds, scheduledSeconds } of pods) {
    if (!exists) continue
    if (unschedulableSeconds !== null) waits.push(nowSeconds - unschedulableSeconds)
    else if (scheduledSeconds !== null && nowSeconds - scheduledSeconds < PATIENCE_SECONDS) {
      return null
    }
  }
  if (waits.length === 0) return null
  // Not spread into Math.max: a workload may have more pods than a call takes arguments.
  const longest = waits.reduce((a, b) => Math.max(a, b))
  const newest = waits.reduce((a, b) => Math.min(a, b))
  if (longest < PATIENCE_SECONDS) return null
  return { pods: waits.length, seconds: longest, tryAgain: newest >= TRY_AGAIN_SECONDS }
}
