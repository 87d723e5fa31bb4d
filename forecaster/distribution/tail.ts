const EVEN = 17
const GEOMETRIC = 24
export const LEVELS = EVEN + GEOMETRIC
/** Levels at the end whose slope is carried on beyond the last: the tail has no largest error. */
const SLOPE_LEVELS = 8

/** Chances of exceeding each level's quantile: even from 0.9 to 0.1, then geometric to 0.0005. */
export const EXCEEDANCES: Float64Array = Float64Array.from({ length: LEVELS }, (_, i) =>
  i < EVEN ? 0.9 - (0.8 * i) / (EVEN - 1) : 0.1 * (0.0005 / 0.1) ** ((i - EVEN + 1) / GEOMETRIC),
)
const LOGS = EXCEEDANCES.map(Math.log)

/**
 * Chance that a scaled error exceeds `score`: log-linear between levels, a straight line up to
 * certainty below them, the slope of the last eight levels beyond.
 *
 * @param quantiles ascending, one a level
 */
export function exceedanceAt(quantiles: Float64Array, score: number): number {
  const first = quantiles[0] ?? 0
  const last = quantiles[LEVELS - 1] ?? 0
  if (score < first) return Math.min(1, 0.9 + (0.1 * (first - score)) / headWidth(quantiles))
  if (score >= last)
    return Math.exp((LOGS[LEVELS - 1] ?? 0) + tailSlope(quantiles) * (score - last))
  let low = 0
  let high = LEVELS - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((quantiles[middle] ?? 0) <= score) low = middle
    else high = middle
  }
  const from = quantiles[low] ?? 0
  const to = quantiles[high] ?? 0
  const share = to > from ? (score - from) / (to - from) : 1
  const start = LOGS[low] ?? 0
  return Math.exp(start + share * ((LOGS[high] ?? 0) - start))
}

/** The inverse of {@link exceedanceAt}: the scaled error exceeded with that chance. */
export function scoreAt(quantiles: Float64Array, exceedance: number): number {
  if (exceedance > 0.9) {
    return (quantiles[0] ?? 0) - ((exceedance - 0.9) / 0.1) * headWidth(quantiles)
  }
  const log = Math.log(exceedance)
  const last = LEVELS - 1
  if (log <= (LOGS[last] ?? 0)) {
    const slope = tailSlope(quantiles)
    return (quantiles[last] ?? 0) + (slope < 0 ? (log - (LOGS[last] ?? 0)) / slope : 0)
  }
  let level = 0
  while (level < last - 1 && (LOGS[level + 1] ?? 0) > log) level++
  const start = LOGS[level] ?? 0
  const share = Math.max(0, (log - start) / ((LOGS[level + 1] ?? 0) - start))
  const from = quantiles[level] ?? 0
  return from + share * ((quantiles[level + 1] ?? 0) - from)
}

/** The chance rises from 0.9 to 1 over a quarter of the way between the outer levels. */
function headWidth(quantiles: Float64Array): number {
  return Math.max(((quantiles[LEVELS - 1] ?? 0) - (quantiles[0] ?? 0)) / 4, 1e-12)
}

/** Fall of the log-chance per unit of score over the last levels; steep where they coincide. */
function tailSlope(quantiles: Float64Array): number {
  const from = LEVELS - SLOPE_LEVELS
  const width = (quantiles[LEVELS - 1] ?? 0) - (quantiles[from] ?? 0)
  return ((LOGS[LEVELS - 1] ?? 0) - (LOGS[from] ?? 0)) / Math.max(width, 1e-9)
}
