/**
 * The value that would stand at index `rank` if `values` were sorted ascending; reorders them. Hoare's
 * quickselect: a tenth of the time of sorting a week of minutes.
 *
 * @param values without NaN
 */
export function selectRank(values: Float64Array, rank: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? NaN
    let left = low
    let right = high
    while (left <= right) {
      while ((values[left] ?? Infinity) < pivot) left++
      while ((values[right] ?? -Infinity) > pivot) right--
      if (left > right) break
      const swapped = values[left] ?? NaN
      values[left++] = values[right] ?? NaN
      values[right--] = swapped
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else break
  }
  return values[rank] ?? NaN
}
