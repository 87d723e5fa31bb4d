/** The middle of the known values, the mean of the middle two where they are even; NaN when all are gaps. */
export function medianOf(values: ArrayLike<number>): number {
  // Sorted, gaps stand last.
  const sorted = Float64Array.from(values).sort()
  let known = sorted.length
  while (known > 0 && Number.isNaN(sorted[known - 1])) known--
  const middle = known >> 1
  const upper = sorted[middle] ?? NaN
  if (known === 0) return NaN
  return known % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2
}
