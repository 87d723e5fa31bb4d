import { morningRamp } from './demand.ts'

/** Time for pods to start, Prometheus to fill, the controller to live through a week and to decide. */
const BEFORE_RAMP_MS = 7 * 60_000
/** The ramp begins inside a minute, not on its edge: the plan must not be helped by the grid. */
const INTO_MINUTE_MS = 20_000

export interface Morning {
  rampAtMs: number
  demand: (at: number) => number
  /** The same, but today the ramp outgrows everything that was learned. */
  demandOutgrown: (at: number) => number
}

/** Today's excess over the learned ramp, reached as the ramp ends. */
const EXCESS = 0.6
const EXCESS_AFTER_MS = 180_000

/** A morning whose ramp begins some minutes after `nowMs`. */
export function demandOfMorning(nowMs: number): Morning {
  const minute = Math.ceil((nowMs + BEFORE_RAMP_MS) / 60_000) * 60_000
  const rampAtMs = minute + INTO_MINUTE_MS
  const demand = morningRamp(rampAtMs)
  const outgrown = (at: number) =>
    demand(at) * (1 + EXCESS * Math.min(1, Math.max(0, (at - rampAtMs) / EXCESS_AFTER_MS)))
  return { rampAtMs, demand, demandOutgrown: outgrown }
}
