import type { KnownEvent } from '../api/events.ts'
import { quantityValue } from '../api/positive-quantity.ts'

/** How many times the usual demand is expected in the slot that begins at `atMs`; 1 outside all events. */
export function eventFactor(events: readonly KnownEvent[], atMs: number): number {
  const factors = events
    .filter(({ start, end }) => Date.parse(start) <= atMs && atMs < Date.parse(end))
    .map(({ demandFactor }) => quantityValue(demandFactor))
  // Two at a time are one large event, not the product of both.
  return factors.length === 0 ? 1 : Math.max(...factors)
}

/** The same values with every slot of an event unknown: an event is no rhythm, and must not be learned. */
export function withoutEvents<Values extends Float64Array | Float32Array>(
  values: Values,
  firstStep: number,
  stepSeconds: number,
  events: readonly KnownEvent[],
): Values {
  if (events.length === 0) return values
  const kept = values.slice() as Values
  for (const { start, end } of events) {
    const from = Math.floor(Date.parse(start) / 1000 / stepSeconds) - firstStep
    const until = Math.ceil(Date.parse(end) / 1000 / stepSeconds) - firstStep
    kept.fill(NaN, Math.max(0, from), Math.max(0, until))
  }
  return kept
}
