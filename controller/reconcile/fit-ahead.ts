import { EFFECT_AFTER_SECONDS } from '../../forecaster/workload/fit-schedule.ts'
import { comingFit } from '../../forecaster/workload/workload.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import type { FitAhead, Live } from './memory.ts'
import type { Forecasting } from './ports.ts'
import { SETTLE_SECONDS, STEP_SECONDS } from './timing.ts'

/** The last of all begins this long before it is due: a fit takes a tenth of a second, and may wait its turn. */
const LEAST_TIME_SECONDS = 300

/**
 * When a scaler begins to compute a fit on data up to `untilStep`: the whole fleet's are due at one slot.
 *
 * @param spread where in [0, 1) the scaler lies among all
 */
export function fitBeginsAtMs(untilStep: number, spread: number): number {
  const window = EFFECT_AFTER_SECONDS - LEAST_TIME_SECONDS - SETTLE_SECONDS
  return (untilStep * STEP_SECONDS + SETTLE_SECONDS + spread * window) * 1000
}

export interface FitAheadInput {
  live: Live
  spec: Pick<PredictiveScalerSpec, 'events'>
  nowMs: number
  forecasting: Pick<Forecasting, 'fit'>
}

/** Begins the next fit once its data and its time are there; it is waited for nowhere. */
export function fitAhead(input: FitAheadInput, spread: number): void {
  const { live, spec, nowMs, forecasting } = input
  const { outlook } = live.workload
  const untilStep = comingFit(live.workload)
  if (untilStep === null || untilStep === live.fitAhead?.untilStep) return
  if (nowMs < fitBeginsAtMs(untilStep, spread)) return
  const ahead: FitAhead = { untilStep, outcome: null }
  live.fitAhead = ahead
  // It outlives the sync that began it; the pool has its own deadline.
  const lifetime = new AbortController().signal
  forecasting.fit({ outlook, untilStep, events: spec.events }, lifetime).then(
    (fits) => {
      ahead.outcome = { fits }
    },
    (error: unknown) => {
      ahead.outcome = { why: error instanceof Error ? error.message : String(error) }
    },
  )
}
