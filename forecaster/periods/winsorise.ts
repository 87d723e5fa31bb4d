import { selectRank } from '../series/select-rank.ts'

/** Share of the values at either end that are drawn in. */
const SHARE = 0.005

/**
 * Draws the most extreme values in to the quantiles 0.005 and 0.995, so that a few spikes do not decide
 * what is periodic. More would cut off a job of ten minutes a day.
 */
export function winsorise(values: Float64Array): Float64Array {
  const known = values.filter((value) => value === value)
  const low = selectRank(known, Math.floor(SHARE * (known.length - 1)))
  const high = selectRank(known, Math.ceil((1 - SHARE) * (known.length - 1)))
  return values.map((value) => (value < low ? low : value > high ? high : value))
}
