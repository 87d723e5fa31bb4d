import type { Timing } from '../kubernetes/timing.ts'

/** A token bucket over the writes of this process. */
export interface WriteBudget {
  /** Resolves when a write may go; rejects when the signal aborts. */
  take(signal: AbortSignal): Promise<void>
}

/** A thousand scalers with a status each half minute stay below it; kube-controller-manager's default is 20. */
const PER_SECOND = 50
/** All scalers of a middling cluster may move at one step. */
const BURST = 200

/** Nothing is dropped: what is over the budget waits, in the order in which it came. */
export function createWriteBudget(
  timing: Timing,
  perSecond = PER_SECOND,
  burst = BURST,
): WriteBudget {
  /** When the bucket is full again; each write moves it on. */
  let fullAtMs = -Infinity
  return {
    take: async (signal) => {
      const now = timing.monotonicMs()
      fullAtMs = Math.max(fullAtMs, now) + 1000 / perSecond
      const waitMs = fullAtMs - now - (burst * 1000) / perSecond
      if (waitMs > 0) await timing.sleep(waitMs, signal)
      else signal.throwIfAborted()
    },
  }
}
