const EVEN = 24
const GEOMETRIC = 38
/** Bins of the target: fine where overloads are decided, coarse below. */
export const TARGET_BINS = EVEN + GEOMETRIC + 1

/** Edges between the bins, at quantiles 0.02 ... 0.8 (even) and 1 - 0.18 ... 1 - 0.0005 (geometric). */
export interface TargetBins {
  /** Ascending, TARGET_BINS - 1 of them. */
  edges: Float64Array
  smallest: number
  largest: number
}

/** @param sorted ascending, without NaN */
export function targetBins(sorted: Float64Array): TargetBins {
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const edges = Float64Array.from({ length: TARGET_BINS - 1 }, (_, i) =>
    i < EVEN
      ? at(0.02 + (0.78 * i) / (EVEN - 1))
      : at(1 - 0.18 * (0.0005 / 0.18) ** ((i - EVEN) / (GEOMETRIC - 1))),
  )
  return { edges, smallest: sorted[0] ?? 0, largest: sorted.at(-1) ?? 0 }
}

/** Index of the bin of a value: bin i holds values above edge i - 1 and up to edge i. */
export function binOf(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
