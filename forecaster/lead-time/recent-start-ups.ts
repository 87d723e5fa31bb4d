/** One pod that became Ready. */
export interface StartUp {
  /** Creation to first Ready. */
  startUpSeconds: number
  /** Seconds since the epoch when it was. */
  readyAtSeconds: number
}

/** Images, nodes and registries change: what is older says less than what is newer. */
const NEWEST = 100
const RECENT_SECONDS = 14 * 86_400
/** So many count however old they are: old evidence is better than a guess. */
export const ENOUGH_START_UPS = 10

/** The start-ups that a lead time is learned from, in seconds: the newest 100 of the last 14 days. */
export function recentStartUps(startUps: readonly StartUp[], nowSeconds: number): number[] {
  return startUps
    .toSorted((a, b) => b.readyAtSeconds - a.readyAtSeconds || b.startUpSeconds - a.startUpSeconds)
    .slice(0, NEWEST)
    .filter(
      ({ readyAtSeconds }, i) =>
        i < ENOUGH_START_UPS || nowSeconds - readyAtSeconds <= RECENT_SECONDS,
    )
    .map(({ startUpSeconds }) => startUpSeconds)
}
