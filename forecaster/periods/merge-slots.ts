import type { Series } from '../series/series.ts'

/**
 * Means over whole slots of at most `longestSeconds`; what is coarser already stays as it is. Means are
 * over what is known; a slot of gaps is a gap, a slot begun is dropped.
 */
export function mergeSlots(
  { stepSeconds, values }: Pick<Series, 'stepSeconds' | 'values'>,
  longestSeconds: number,
): Pick<Series, 'stepSeconds' | 'values'> {
  const merged = Math.max(1, Math.floor(longestSeconds / stepSeconds))
  if (merged === 1) return { stepSeconds, values }
  const means = Float64Array.from({ length: Math.floor(values.length / merged) }, (_, slot) => {
    let sum = 0
    let count = 0
    for (let i = slot * merged; i < (slot + 1) * merged; i++) {
      const value = values[i] ?? NaN
      if (value !== value) continue
      sum += value
      count++
    }
    return count === 0 ? NaN : sum / count
  })
  return { stepSeconds: merged * stepSeconds, values: means }
}
