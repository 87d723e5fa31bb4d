/**
 * Quantile of start-ups when some pods are still starting: Kaplan-Meier, with the (n + 1) rank, so that
 * few pods err on the long side. A pod that is still starting counts as one that takes longer than it
 * has taken so far. Where the quantile lies beyond all that was seen, the longest is given.
 *
 * @param startUps seconds from creation to Ready
 * @param starting seconds since creation of the pods not yet Ready
 * @param probability in (0, 1)
 * @returns seconds; NaN where there is no pod
 */
export function startUpQuantile(
  startUps: ArrayLike<number>,
  starting: ArrayLike<number>,
  probability: number,
): number {
  const done = Float64Array.from(startUps).sort()
  const waiting = Float64Array.from(starting).sort()
  let share = 1
  let left = 0
  for (const [i, seconds] of done.entries()) {
    while (left < waiting.length && (waiting[left] ?? NaN) < seconds) left++
    // The pod that is to come takes longer than all: that makes it the (n + 1) rank.
    const atRisk = done.length - i + waiting.length - left + 1
    share *= (atRisk - 1) / atRisk
    if (share <= 1 - probability + 1e-9) return seconds
  }
  const longest = Math.max(done.at(-1) ?? -1, waiting.at(-1) ?? -1)
  return longest < 0 ? NaN : longest
}
