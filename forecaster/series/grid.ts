import type { Series } from './series.ts'

/**
 * Puts stamped samples on the grid of their most common distance; slots without a sample are NaN.
 *
 * @param atSeconds epoch seconds, strictly ascending
 * @param values one value a stamp; NaN where the source had none
 * @returns null when fewer than two samples leave no step to see
 */
export function toGrid(atSeconds: readonly number[], values: readonly number[]): Series | null {
  const first = atSeconds[0]
  const last = atSeconds.at(-1)
  const stepSeconds = mostCommonDistance(atSeconds)
  if (first === undefined || last === undefined || stepSeconds === null) return null
  const slots = Math.round((last - first) / stepSeconds) + 1
  const grid = new Float64Array(slots).fill(NaN)
  atSeconds.forEach((at, i) => {
    grid[Math.round((at - first) / stepSeconds)] = values[i] ?? NaN
  })
  return { startSeconds: first, stepSeconds, values: grid }
}

/** The most common distance between neighbours; the one seen first wins a tie. Null below two stamps. */
export function mostCommonDistance(atSeconds: readonly number[]): number | null {
  const counts = new Map<number, number>()
  let best: number | null = null
  for (let i = 1; i < atSeconds.length; i++) {
    const distance = (atSeconds[i] ?? 0) - (atSeconds[i - 1] ?? 0)
    if (distance > 0) counts.set(distance, (counts.get(distance) ?? 0) + 1)
  }
  for (const [distance, count] of counts) {
    if (best === null || count > (counts.get(best) ?? 0)) best = distance
  }
  return best
}
