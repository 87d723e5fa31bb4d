import { parseQuantity } from '../../api/quantity.ts'
import type { PredictiveScalerStatus } from '../../api/status.ts'
import { percent } from '../numbers.ts'

type Load = NonNullable<PredictiveScalerStatus['highestLoadPerReplica']>[number]

/** Less than this above the capacity is within what rates and readiness probes blur. */
const WELL_ABOVE = 1.1

/**
 * By which share the highest load seen lies above the stated capacity; 0 where it does not, null where the two
 * cannot be compared: a share of the request is not in the unit of the signal.
 */
export function aboveCapacity({ value, capacity }: Load): number | null {
  const [seen, stated] = [parseQuantity(value), parseQuantity(capacity)]
  if (seen === undefined || stated === undefined || stated <= 0) return null
  return Math.max(0, seen / stated - 1)
}

/** What a load well above the stated capacity means; null where there is nothing to say. */
export function disagreement(load: Load): string | null {
  const above = aboveCapacity(load)
  if (above === null || above <= WELL_ABOVE - 1) return null
  const { signal, value, capacity } = load
  return (
    `demand "${signal}": a Ready pod carried ${value}, ${percent(above * 100)} above the ${capacity} stated as ` +
    'the most that one can carry. Either the capacity is stated too low, or pods were overloaded and nobody felt it.'
  )
}
