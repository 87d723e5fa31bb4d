/**
 * Percentile by linear interpolation between order statistics.
 *
 * @param sorted ascending, without NaN
 * @param share in [0, 1]
 * @returns NaN for an empty list
 */
export function percentileLinear(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const low = sorted[below] ?? NaN
  const high = sorted[below + 1] ?? low
  return low + (high - low) * (position - below)
}
