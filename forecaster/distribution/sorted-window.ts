/** The newest values, in order of arrival and in order of size. */
export interface SortedWindow {
  arrival: Float32Array
  /** Ascending; the first min(pushed, length) entries count. */
  sorted: Float32Array
  pushed: number
}

export function createSortedWindow(size: number): SortedWindow {
  return { arrival: new Float32Array(size), sorted: new Float32Array(size), pushed: 0 }
}

/**
 * Adds a value and, once full, drops the oldest. Moves one block of memory instead of sorting anew:
 * sorting a week every 30 minutes was two thirds of a backtest.
 */
export function pushValue(window: SortedWindow, value: number): void {
  const { arrival, sorted } = window
  const rounded = Math.fround(value)
  const slot = window.pushed % arrival.length
  const full = window.pushed >= arrival.length
  const count = full ? arrival.length : window.pushed
  const gap = full ? lowerBound(sorted, count, arrival[slot] ?? 0) : count
  let at = lowerBound(sorted, count, rounded)
  if (at > gap) {
    at--
    sorted.copyWithin(gap, gap + 1, at + 1)
  } else sorted.copyWithin(at + 1, at, gap)
  sorted[at] = rounded
  arrival[slot] = rounded
  window.pushed++
}

/** The value of that rank among those held, 1 the smallest; NaN when the window is empty. */
export function valueOfRank(window: SortedWindow, rank: number): number {
  const count = Math.min(window.pushed, window.arrival.length)
  return count === 0 ? NaN : (window.sorted[Math.min(count, Math.max(1, rank)) - 1] ?? NaN)
}

/** Index of the first entry that is not below `value`. */
function lowerBound(sorted: Float32Array, count: number, value: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
