import { loss, type Tally, violatedShare } from './tally.ts'

/** What own history owes the budget, or is owed, is paid back over this. */
const PAY_BACK_DAYS = 1.5
/** No less and no more of the budget is aimed at, however much is owed. */
const LEAST = 0.2
const MOST = 3

/**
 * The share of violated time to aim at, so that own history comes to `budget` (decision.md §4).
 *
 * @param budget share of time, in [0, 1], that may be violated
 * @param own what was really followed
 */
export function wantedShare(budget: number, own: Tally, stepsPerDay: number): number {
  const owed = (budget * own.slots - own.violated) / (PAY_BACK_DAYS * stepsPerDay)
  return Math.min(MOST * budget, Math.max(LEAST * budget, budget + owed))
}

/** A place between two rungs of a ladder: `share` of the way from `rung` to the next, in log price. */
export interface Place {
  rung: number
  share: number
}

/**
 * The place on the ladder whose virtual runs were violated that often: log-linear between rungs. The
 * nearer end where none was so often or so seldom.
 *
 * @param runs one a rung, at least one
 */
export function placeOfShare(runs: readonly { tally: Tally }[], wanted: number): Place {
  let cheaper = Infinity
  for (const [rung, { tally }] of runs.entries()) {
    // A dearer rung is short no more often: luck on few slots must not say otherwise.
    const dearer = Math.min(cheaper, violatedShare(tally))
    if (dearer <= wanted) {
      if (rung === 0) return { rung: 0, share: 0 }
      return { rung: rung - 1, share: Math.log(cheaper / wanted) / Math.log(cheaper / dearer) }
    }
    cheaper = dearer
  }
  return { rung: runs.length - 1, share: 0 }
}

/** Replica-steps that a violated step is worth at a place: log-linear between rungs. */
export function priceAt(prices: Float64Array, { rung, share }: Place): number {
  const low = prices[rung] ?? NaN
  const high = prices[rung + 1] ?? low
  return low * (high / low) ** share
}

/**
 * Replica-steps lost at a place between two runs, a violated step costing `price` of them; NaN where
 * there is no run.
 */
export function lossAt(runs: readonly { tally: Tally }[], place: Place, price: number): number {
  const low = runs[place.rung]
  const high = runs[place.rung + 1] ?? low
  if (low === undefined || high === undefined) return NaN
  return loss(low.tally, price) ** (1 - place.share) * loss(high.tally, price) ** place.share
}
