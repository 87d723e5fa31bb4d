import type { RangeRequest } from '../reconcile/ports.ts'

/** Slots by their starts, both included: the slot t is the time [t, t + step). */
export interface SlotSpan {
  firstSeconds: number
  lastSeconds: number
  stepSeconds: number
}

/**
 * The request whose value i is the slot `firstSeconds + i * stepSeconds`.
 *
 * A Prometheus point at T looks back over [T - step, T), so it is the slot T - step: the slots a..b are
 * asked as the points a + step..b + step. Asking a..b makes every plan one step late.
 *
 * @throws RangeError where the span is not on the step's grid (multiples of the step since the epoch).
 */
export function closedSlots(query: string, span: SlotSpan): RangeRequest {
  const { firstSeconds, lastSeconds, stepSeconds } = span
  if (!(stepSeconds > 0)) throw new RangeError(`step of ${stepSeconds} s: it must be above 0`)
  if (!(lastSeconds >= firstSeconds)) {
    throw new RangeError(`slots ${firstSeconds}..${lastSeconds}: the last is before the first`)
  }
  if (firstSeconds % stepSeconds !== 0 || lastSeconds % stepSeconds !== 0) {
    throw new RangeError(
      `slots ${firstSeconds}..${lastSeconds} are not multiples of the step of ${stepSeconds} s`,
    )
  }
  return {
    query,
    startSeconds: firstSeconds + stepSeconds,
    endSeconds: lastSeconds + stepSeconds,
    stepSeconds,
  }
}

/**
 * Start of the newest slot that is over at `nowSeconds` and that the source can already answer for,
 * when its samples arrive `metricDelaySeconds` late.
 */
export function lastClosedSlotSeconds(
  nowSeconds: number,
  stepSeconds: number,
  metricDelaySeconds = 0,
): number {
  return (Math.floor((nowSeconds - metricDelaySeconds) / stepSeconds) - 1) * stepSeconds
}
