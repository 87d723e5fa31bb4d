/** Shares of time on the logarithmic axis, in per cent; everything rarer stands at "0". */
export const SHARES = [0.01, 0.1, 1, 10, 100]
const RAREST = -2
const MOST = 2
/** From "0" to the rarest share. */
const ZERO_DECADES = 0.6

/** From a share of time, in per cent, to its place between `from` and `to`. */
export function shareScale(from: number, to: number): (percent: number) => number {
  const width = (to - from) / (MOST - RAREST + ZERO_DECADES)
  return (percent) => {
    const decades = percent <= 0 ? 0 : Math.max(0, Math.log10(percent) - RAREST + ZERO_DECADES)
    return from + width * decades
  }
}

export interface CostScale {
  at: (cost: number) => number
  /** Round costs within the axis. */
  ticks: number[]
}

/** A logarithmic axis over all `costs`, the least at the `bottom`. */
export function costScale(costs: readonly number[], top: number, bottom: number): CostScale {
  const lowest = Math.min(...costs) * 0.93
  const highest = Math.max(...costs) * 1.07
  const perLog = (bottom - top) / Math.log(highest / lowest)
  const decade = 10 ** Math.floor(Math.log10(lowest))
  const round = highest / lowest > 8 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 3, 4, 5, 7]
  const ticks = [0, 1, 2, 3, 4]
    .flatMap((power) => round.map((first) => first * decade * 10 ** power))
    .filter((cost) => cost >= lowest && cost <= highest)
  return { at: (cost) => bottom - perLog * Math.log(cost / lowest), ticks }
}
