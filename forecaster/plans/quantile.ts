import type { Plan } from './plan.ts'

/** The fewest replicas that demand stays within with the asked probability. */
export function quantilePlan(probability: number): Plan {
  return (demand, maxReplicas) => {
    const needed = Math.ceil(demand.quantile(probability) / (1 + 1e-9))
    const replicas = Math.min(maxReplicas, Math.max(0, needed))
    return { replicas, exceedance: demand.exceed(replicas) }
  }
}
