import { morningRamp } from './demand.ts'

/** Time for pods to start, Prometheus to fill, the controller to live through a week and to decide. */
const BEFORE_RAMP_MS = 7 * 60_000
/** The ramp begins inside a minute, not on its edge: the plan must not be helped by the grid. */
const INTO_MINUTE_MS = 20_000

export interface Morning {
  rampAtMs: number
  demand: (at: number) => number
}

/** A morning whose ramp begins some minutes after `nowMs`. */
export function demandOfMorning(nowMs: number): Morning {
  const minute = Math.ceil((nowMs + BEFORE_RAMP_MS) / 60_000) * 60_000
  const rampAtMs = minute + INTO_MINUTE_MS
  return { rampAtMs, demand: morningRamp(rampAtMs) }
}
