import type { ScalingRules } from './behavior.ts'

/** A change of replicas that was made. */
export interface ScaleEvent {
  /** Above 0, in either direction. */
  change: number
  atSeconds: number
  /** Beyond every period that could count it: its place may be taken. */
  outdated: boolean
}

/** Replicas changed within the period; an event exactly one period old no longer counts. */
export function changeWithin(
  events: readonly ScaleEvent[],
  periodSeconds: number,
  nowSeconds: number,
): number {
  const cutoff = nowSeconds - periodSeconds
  let change = 0
  for (const event of events) if (event.atSeconds > cutoff) change = (change + event.change) | 0
  return change
}

/** The events with a new one, which takes the place of the last outdated one. */
export function storeScaleEvent(
  events: readonly ScaleEvent[],
  rules: ScalingRules,
  change: number,
  nowSeconds: number,
): readonly ScaleEvent[] {
  const longest = Math.max(0, ...rules.policies.map(({ periodSeconds }) => periodSeconds))
  const cutoff = nowSeconds - longest
  const marked = events.map((event) =>
    event.atSeconds < cutoff ? { ...event, outdated: true } : event,
  )
  const place = marked.findLastIndex(({ outdated }) => outdated)
  const newest = { change, atSeconds: nowSeconds, outdated: false }
  return place < 0 ? [...marked, newest] : marked.with(place, newest)
}
