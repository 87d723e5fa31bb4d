const FIT_EVERY_SECONDS = 6 * 3600
/** Time to compute in: from when all data of a fit are there until it takes effect. */
export const EFFECT_AFTER_SECONDS = 1800
/** How long ago the fit in force may have stopped learning, where every fit is made. */
export const OLDEST_FIT_SECONDS = FIT_EVERY_SECONDS + EFFECT_AFTER_SECONDS

/**
 * Fits learn from data up to 00, 06, 12 and 18 h UTC and take effect half an hour later, wherever and
 * whenever they are computed: so the same recording gives the same decisions in backtest and cluster.
 *
 * @param decisionStep the slot being decided
 * @returns absolute step up to which (exclusive) the fit in force at that decision has learned
 */
export function fitUntilStep(decisionStep: number, stepSeconds: number): number {
  const inEffect = decisionStep * stepSeconds - EFFECT_AFTER_SECONDS
  return cutBefore(inEffect, stepSeconds)
}

/**
 * Absolute step up to which (exclusive) the next fit learns, or the newest whose data are whole.
 *
 * @param nextStep the slot after the newest that is known
 */
export function newestCut(nextStep: number, stepSeconds: number): number {
  return cutBefore(nextStep * stepSeconds, stepSeconds)
}

function cutBefore(seconds: number, stepSeconds: number): number {
  return Math.ceil((Math.floor(seconds / FIT_EVERY_SECONDS) * FIT_EVERY_SECONDS) / stepSeconds)
}
