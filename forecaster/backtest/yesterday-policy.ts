import { replicasFor } from '../replay/offered-load.ts'
import type { Policy } from '../replay/replay.ts'
import type { Series } from '../series/series.ts'

/** Yesterday's need and a margin, as the floor of an HPA with that target. */
export interface YesterdaySetting {
  margin: number
  targetPercent: number
}

/**
 * On the twelve public recordings of benchmarks/, peak 20, a violated step priced as for a budget of 1 %: the
 * cheapest of targets 70 to 90 % and margins 0 to 50 % at a start-up of 3 minutes, within 1 % of it at 8.
 */
export const YESTERDAY_DEFAULT: YesterdaySetting = { margin: 0.15, targetPercent: 80 }

const MARGINS = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3]

/** The settings from which its cost at other violations is read off. */
export const YESTERDAY_SWEEP: readonly YesterdaySetting[] = [70, 80, 90, 100].flatMap(
  (targetPercent) => MARGINS.map((margin) => ({ margin, targetPercent })),
)

/** Yesterday was not to the second: the largest of its samples this close counts. */
const REACH_SECONDS = 300
const DAY_SECONDS = 86_400

export interface YesterdayPolicyInput {
  /** By slot, as {@link yesterdayDemand} gives it. */
  demand: Float64Array
  margin: number
  capacityPerReplica: number
  /** What runs beneath: the floor that knows no yesterday. */
  beneath: Policy
}

/**
 * What many do before they forecast: the replicas that yesterday needed at this time, and a margin, as the
 * floor of a reactive policy. Where yesterday is a gap that policy is alone.
 */
export function yesterdayPolicy(input: YesterdayPolicyInput): Policy {
  const { demand, margin, capacityPerReplica, beneath } = input
  return (moment) => {
    const reactive = beneath(moment)
    const yesterday = demand[moment.slot] ?? NaN
    if (Number.isNaN(yesterday)) return reactive
    return Math.max(reactive, replicasFor((1 + margin) * yesterday, capacityPerReplica))
  }
}

/**
 * The largest known demand of the day before, from this time until pods asked for now are Ready, and five
 * minutes to either side; by slot, NaN where none of it is known. Nothing of the slot itself or later.
 */
export function yesterdayDemand({ values, stepSeconds }: Series, leadSteps: number): Float64Array {
  const day = Math.round(DAY_SECONDS / stepSeconds)
  const reach = Math.round(REACH_SECONDS / stepSeconds)
  return values.map((_, slot) => {
    let largest = NaN
    const end = Math.min(slot - day + leadSteps + reach, slot - 1)
    for (let i = Math.max(0, slot - day - reach); i <= end; i++) {
      const value = values[i] ?? NaN
      if (!(value <= largest) && !Number.isNaN(value)) largest = value
    }
    return largest
  })
}
