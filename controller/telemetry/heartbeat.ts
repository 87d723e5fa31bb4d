import type { Verdict } from './server.ts'

/** Whether work still gets finished: for /healthz, so that a process that hangs is started anew. */
export interface Heartbeat {
  /** Some reconcile finished, well or badly; or there was nothing to reconcile. */
  beat(): void
  verdict(): Verdict
}

/** This many intervals without a beat are too many. */
const MISSED = 3

/**
 * @param intervalSeconds how often work is due
 * @param monotonicSeconds a clock that is never set; the first interval begins now
 */
export function createHeartbeat(
  intervalSeconds: number,
  monotonicSeconds: () => number,
): Heartbeat {
  let last = monotonicSeconds()
  return {
    beat: () => {
      last = monotonicSeconds()
    },
    verdict: () => {
      const silence = monotonicSeconds() - last
      if (silence <= MISSED * intervalSeconds) return { ok: true }
      const seconds = Math.round(silence)
      return {
        ok: false,
        why: `no reconcile finished for ${seconds} s; one is due every ${intervalSeconds} s`,
      }
    },
  }
}
