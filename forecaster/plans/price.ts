import type { Distribution } from '../distribution/distribution.ts'
import type { Plan } from './plan.ts'

/** No count is considered that leaves a higher chance of a shortage, however cheap the shortage is. */
const EXCEEDANCE_CAP = 0.2

/**
 * The replicas with the least cost, n + price · P(demand > n). The cap on the chance keeps demand
 * served where the price is below the replicas needed, and alone protects a launch out of an all-zero
 * history (decision.md §1).
 *
 * @param violationPrice replica-steps that one violated step is worth, at least 0
 */
export function pricePlan(violationPrice: number): Plan {
  return (demand, maxReplicas) => {
    let best = { replicas: maxReplicas, exceedance: NaN }
    let bestCost = Infinity
    for (let replicas = lowestAllowed(demand, maxReplicas); replicas <= maxReplicas; replicas++) {
      // From here on replicas alone cost more than the best found.
      if (replicas >= bestCost) break
      const exceedance = demand.exceed(replicas)
      const cost = replicas + violationPrice * exceedance
      if (cost < bestCost) {
        bestCost = cost
        best = { replicas, exceedance }
      }
    }
    return Number.isNaN(best.exceedance)
      ? { replicas: maxReplicas, exceedance: demand.exceed(maxReplicas) }
      : best
  }
}

/** The fewest replicas whose chance of a shortage is within the cap, by bisection. */
function lowestAllowed(demand: Distribution, maxReplicas: number): number {
  let low = 0
  let high = maxReplicas
  while (low < high) {
    const middle = (low + high) >> 1
    if (demand.exceed(middle) <= EXCEEDANCE_CAP) high = middle
    else low = middle + 1
  }
  return low
}
