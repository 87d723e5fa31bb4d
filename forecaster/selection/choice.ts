import { lossAt, placeOfShare, priceAt } from './budget.ts'
import type { Tally } from './tally.ts'

/** What is followed until the next choice. */
export interface Choice {
  /** Replica-steps that a violated step is worth; NaN where a quantile was asked for. */
  price: number
  leads: 'forecast' | 'reaction'
  /** Whether the forecast is cheaper than reacting; null while too little was lived through. */
  pays: boolean | null
}

/** What the virtual runs came to, a run a price from the lowest on, and what is asked of them. */
export interface Evidence {
  prices: Float64Array
  law: readonly { tally: Tally }[]
  /** As many as there are prices, or one that knows no price: an HPA alone. */
  reactive: readonly { tally: Tally }[]
  /** Share of time, in [0, 1], to be violated; Infinity where the only price was asked for. */
  wantedShare: number
}

/** One is called cheaper than another only when its loss is at most this share of the other's. */
const CLEARLY = 0.98

/**
 * The price that keeps the wanted share, and who leads at it: the one that is clearly cheaper, both
 * being as often violated as is wanted; otherwise who led before (decision.md §3, §4).
 */
export function choiceFrom(evidence: Evidence, ledBefore: Choice['leads']): Choice {
  const { prices, law, reactive, wantedShare } = evidence
  const forecast = placeOfShare(law, wantedShare)
  const reaction = placeOfShare(reactive, wantedShare)
  const price = priceAt(prices, forecast)
  const forecastLoss = lossAt(law, forecast, price)
  const reactionLoss = lossAt(reactive, reaction, price)
  const pays = forecastLoss < CLEARLY * reactionLoss
  const reactionPays = reactionLoss < CLEARLY * forecastLoss
  const leads = pays ? 'forecast' : reactionPays ? 'reaction' : ledBefore
  const followsOwnPrice = leads === 'reaction' && reactive.length === prices.length
  return { price: followsOwnPrice ? priceAt(prices, reaction) : price, leads, pays }
}
