/** Mean of the known values among the `window` newest at each index; NaN where all are gaps. */
export function slidingMean(values: ArrayLike<number>, window: number): Float32Array {
  const means = new Float32Array(values.length)
  let sum = 0
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN
    if (value === value) {
      sum += value
      count++
    }
    const leaving = i >= window ? (values[i - window] ?? NaN) : NaN
    if (leaving === leaving) {
      sum -= leaving
      count--
    }
    means[i] = count === 0 ? NaN : sum / count
  }
  return means
}

/** Largest known value among the `window` newest at each index; NaN where all are gaps. */
export function slidingMaximum(values: ArrayLike<number>, window: number): Float32Array {
  const maxima = new Float32Array(values.length)
  // Indices of candidates, their values falling: the first is the largest of the window.
  const candidates = new Int32Array(values.length)
  let first = 0
  let end = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN
    if (value === value) {
      while (end > first && (values[candidates[end - 1] ?? 0] ?? 0) <= value) end--
      candidates[end++] = i
    }
    if (end > first && (candidates[first] ?? 0) <= i - window) first++
    maxima[i] = end === first ? NaN : (values[candidates[first] ?? 0] ?? NaN)
  }
  return maxima
}

/** Mean of the known values among the `window` newest at one index; NaN where all are gaps. */
export function meanOfNewest(values: ArrayLike<number>, index: number, window: number): number {
  let sum = 0
  let count = 0
  for (let i = Math.max(0, index - window + 1); i <= index; i++) {
    const value = values[i] ?? NaN
    if (value === value) {
      sum += value
      count++
    }
  }
  return count === 0 ? NaN : sum / count
}

/** Largest known value among the `window` newest at one index; NaN where all are gaps. */
export function maximumOfNewest(values: ArrayLike<number>, index: number, window: number): number {
  let most = NaN
  for (let i = Math.max(0, index - window + 1); i <= index; i++) {
    const value = values[i] ?? NaN
    if (!(value <= most) && value === value) most = value
  }
  return most
}
