/** Forecasts and decisions run once a step. */
export const STEP_SECONDS = 60
/** The world is re-read this often, as the HPA does. */
export const SYNC_SECONDS = 15
/** Samples of a slot are there this long after it closed: one scrape and its evaluation. */
export const SETTLE_SECONDS = 5
/** Below this much history no forecast is made (api.md). */
export const LEAST_HISTORY_DAYS = 7

/** Absolute step of the slot that is running. */
export function runningStep(nowMs: number): number {
  return Math.floor(nowMs / 1000 / STEP_SECONDS)
}

/** Absolute step of the newest slot whose samples should be there. */
export function newestClosedStep(nowMs: number): number {
  return runningStep(nowMs - SETTLE_SECONDS * 1000) - 1
}

/** Milliseconds until the next sync; syncs lie on a fixed raster, a settle time after each step. */
export function untilNextSyncMs(nowMs: number): number {
  const period = SYNC_SECONDS * 1000
  const offset = SETTLE_SECONDS * 1000
  return period - ((((nowMs - offset) % period) + period) % period)
}
