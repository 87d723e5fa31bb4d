import { loss, type Tally, violatedShare } from './tally.ts'

/** What own history owes the budget, or is owed, is paid back over this. */
const PAY_BACK_DAYS = 1.5
const LEAST = 0.2
const MOST = 3

/** The share of violated time to aim at, so that own history comes to `budget` (decision.md §4). */
export function wantedShare(budget: number, own: Tally, stepsPerDay: number): number {
  const owed = (budget * own.slots - own.violated) / (PAY_BACK_DAYS * stepsPerDay)
  return Math.min(MOST * budget, Math.max(LEAST * budget, budget + owed))
}

/** A place between two rungs of a ladder: `share` of the way from `rung` to the next, in log price. */
export interface Place {
  rung: number
  share: number
}

/** The place on the ladder whose virtual runs were violated that often: log-linear between rungs. */
export function placeOfShare(runs: readonly { tally: Tally }[], wanted: number): Place {
  let above = Infinity
  let before = Infinity
  for (let rung = 0; rung < runs.length; rung++) {
    const run = runs[rung]
    if (run === undefined) break
    // A dearer rung is short no more often: luck on few slots must not say otherwise.
    above = Math.min(before, violatedShare(run.tally))
    if (above <= wanted) {
      if (rung === 0) return { rung: 0, share: 0 }
      const share = Math.log(before / wanted) / Math.log(before / above)
      return { rung: rung - 1, share }
    }
    before = above
  }
  return { rung: runs.length - 1, share: 0 }
}

export function priceAt(prices: Float64Array, { rung, share }: Place): number {
  const low = prices[rung] ?? NaN
  const high = prices[rung + 1] ?? low
  return low * (high / low) ** share
}

/** Where on a ladder `wanted` is kept; its only rung where no share was asked for or one run is all. */
export function placeOn(runs: readonly { tally: Tally }[], wanted: number | null): Place {
  return wanted === null ? { rung: 0, share: 0 } : placeOfShare(runs, wanted)
}

/** Loss at a place between two runs, a violated step costing `price` replica-steps. */
export function lossAt(runs: readonly { tally: Tally }[], place: Place, price: number): number {
  const low = runs[place.rung]
  const high = runs[place.rung + 1] ?? low
  if (low === undefined || high === undefined) return NaN
  return loss(low.tally, price) ** (1 - place.share) * loss(high.tally, price) ** place.share
}
