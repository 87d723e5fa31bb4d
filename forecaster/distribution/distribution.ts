/** What demand may be in one future slot, in replicas of the stated capacity. */
export interface Distribution {
  /** Chance in [0, 1] that demand exceeds what `replicas` can carry; never rises with `replicas`. */
  exceed(replicas: number): number
  /** Demand in replicas, fractional, that is exceeded with a chance of at most 1 - `probability`. */
  quantile(probability: number): number
}

/** Float noise on a replica's edge is not an overload (PROTOCOL §4). */
const EDGE = 1e-9

/** The weighted mean of chances: mixing exceedances is averaging. Weights are taken as shares. */
export function mixture(parts: readonly { weight: number; part: Distribution }[]): Distribution {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  const exceed = (replicas: number): number => {
    let chance = 0
    for (const { weight, part } of parts) chance += (weight / total) * part.exceed(replicas)
    return chance
  }
  const quantile = (probability: number): number => {
    const bounds = parts.map(({ part }) => part.quantile(probability))
    return bisect(exceed, 1 - probability, Math.min(...bounds), Math.max(...bounds))
  }
  return { exceed, quantile }
}

/** Turns chances of demand in its own unit into chances per replica count. */
export function inReplicas(
  capacityPerReplica: number,
  exceedDemand: (demand: number) => number,
  demandQuantile: (probability: number) => number,
): Distribution {
  return {
    exceed: (replicas) => exceedDemand(replicas * capacityPerReplica * (1 + EDGE)),
    quantile: (probability) => Math.max(0, demandQuantile(probability)) / capacityPerReplica,
  }
}

/** Where a falling function crosses `level` between `low` and `high`. */
function bisect(falling: (x: number) => number, level: number, low: number, high: number): number {
  let [from, to] = [low, high]
  for (let i = 0; i < 40 && to - from > 1e-9 * Math.abs(to); i++) {
    const middle = (from + to) / 2
    if (falling(middle) > level) from = middle
    else to = middle
  }
  return to
}
