import { medianOf } from '../series/median.ts'

/**
 * Takes the slow course out: each value less the median of the hourly medians around it. A median turns
 * with a level shift, where a mean would smear it over a whole window.
 *
 * @param windowSeconds a whole number of the cycles that must stay in
 * @returns one value a slot; a gap stays NaN
 */
export function withoutSlowCourse(
  values: Float64Array,
  stepSeconds: number,
  windowSeconds: number,
): Float64Array {
  const block = Math.max(1, Math.round(3600 / stepSeconds))
  const hours = Float64Array.from({ length: Math.ceil(values.length / block) }, (_, hour) =>
    medianOf(values.subarray(hour * block, (hour + 1) * block)),
  )
  const window = Math.max(1, Math.round(windowSeconds / (block * stepSeconds)))
  // At either end the window stops at the edge and stays whole: half a day has another median than a day.
  const levels = hours.map((_, hour) => {
    const first = Math.max(0, Math.min(hour - (window >> 1), hours.length - window))
    return medianOf(hours.subarray(first, first + window))
  })
  return values.map((value, i) => value - between(levels, (i + 0.5) / block - 0.5))
}

/** Takes out what is slower than one cycle: each value less the mean of the cycle centred on it. */
export function withoutSlowerThan(values: Float64Array, cycleSteps: number): Float64Array {
  const length = Math.max(2, Math.round(cycleSteps))
  const half = length >> 1
  const sums = new Float64Array(values.length + 1)
  const counts = new Float64Array(values.length + 1)
  values.forEach((value, i) => {
    const known = value === value
    sums[i + 1] = (sums[i] ?? 0) + (known ? value : 0)
    counts[i + 1] = (counts[i] ?? 0) + (known ? 1 : 0)
  })
  const within = (total: Float64Array, i: number) => {
    const wide = (total[i + half + 1] ?? NaN) - (total[i - half] ?? NaN)
    if (length % 2 === 1) return wide
    // An even cycle has no middle slot: the mean of the two cycles half a slot to either side.
    return (wide + (total[i + half] ?? NaN) - (total[i - half + 1] ?? NaN)) / 2
  }
  return values.map((value, i) => {
    const count = within(counts, i)
    return count >= length / 2 ? value - within(sums, i) / count : NaN
  })
}

/** The straight line between neighbours, level beyond the ends. */
function between(levels: Float64Array, position: number): number {
  const last = levels.length - 1
  const at = Math.min(Math.max(0, position), last)
  const from = Math.floor(at)
  const low = levels[from] ?? NaN
  const high = levels[Math.min(from + 1, last)] ?? NaN
  // A neighbour that is a gap tells nothing.
  if (low !== low || high !== high) return low === low ? low : high
  return low + (at - from) * (high - low)
}
