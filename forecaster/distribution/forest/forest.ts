import { seededRandom } from '../../series/seeded-random.ts'
import { type BinnedRows, growTree, LEVELS, leafOf, type Tree } from './grow-tree.ts'
import { binOf, TARGET_BINS, type TargetBins, targetBins } from './target-bins.ts'

/** A forest of distributions: what errors followed rows like this one (decision.md §2). Plain data. */
export interface Forest {
  target: TargetBins
  /** Upper edges of each feature's bins, FEATURE_BINS - 1 a feature; bin 0 holds the missing too. */
  featureEdges: Float32Array
  features: number
  trees: Tree[]
}

const TREES = 20
const FEATURE_BINS = 48
const LIMITS = { depth: 8, leafRows: 30, featuresTried: 6 }

/** What a forest learns from. */
export interface TrainingRows {
  /** Feature f of row r at [f * rows + r]; NaN is missing. */
  features: Float32Array
  /** What followed, in replicas, by row. */
  targets: Float64Array
  rows: number
  /** The rows whose target is known. */
  usable: Int32Array
}

/** Deterministic: the same rows and seed give the same forest. */
export function fitForest(training: TrainingRows, seed: number): Forest {
  const { features, targets, rows, usable } = training
  const featureCount = features.length / rows
  const random = seededRandom(seed)
  const sorted = Float64Array.from(usable, (r) => targets[r] ?? 0).sort()
  const target = targetBins(sorted)
  const cuts = Float64Array.from(LEVELS, (q) => sorted[Math.floor(q * (sorted.length - 1))] ?? 0)
  const featureEdges = edgesOf(features, rows, featureCount)
  const data: BinnedRows = {
    bins: binned(features, rows, featureEdges),
    rows,
    features: featureCount,
    binsPerFeature: FEATURE_BINS,
    levelClass: Uint8Array.from(targets, (value) => binOf(cuts, value)),
    targetBin: Uint8Array.from(targets, (value) => binOf(target.edges, value)),
  }
  const order = usable.slice()
  const trees = Array.from({ length: TREES }, () =>
    growTree(data, drawHalf(order, random), LIMITS, random),
  )
  return { target, featureEdges, features: featureCount, trees }
}

/** Chances of the target above each edge, after the smallest: what {@link exceedTarget} reads. */
export function forestShares(forest: Forest, row: Float32Array): Float64Array {
  const binned = new Uint8Array(forest.features)
  for (let f = 0; f < forest.features; f++) {
    binned[f] = featureBin(forest.featureEdges, f, row[f] ?? NaN)
  }
  const above = new Float64Array(TARGET_BINS)
  for (const tree of forest.trees) {
    const leaf = leafOf(tree, binned)
    const from = tree.left[leaf] ?? 0
    const to = tree.right[leaf] ?? 0
    const share = 1 / (to - from)
    for (let i = from; i < to; i++) {
      const bin = tree.targets[i] ?? 0
      above[bin] = (above[bin] ?? 0) + share
    }
  }
  // From shares to the chance of lying above each bin's upper edge.
  let rest = 1
  for (let i = 0; i < TARGET_BINS; i++) {
    rest -= (above[i] ?? 0) / forest.trees.length
    above[i] = Math.max(0, rest)
  }
  return above
}

/** Chance that the target exceeds `value`: linear inside a bin, zero beyond the largest error seen. */
export function exceedTarget({ target }: Forest, above: Float64Array, value: number): number {
  if (value >= target.largest) return 0
  if (value < target.smallest) return 1
  const bin = binOf(target.edges, value)
  const low = bin === 0 ? target.smallest : (target.edges[bin - 1] ?? 0)
  const high = bin === TARGET_BINS - 1 ? target.largest : (target.edges[bin] ?? 0)
  const atLow = bin === 0 ? 1 : (above[bin - 1] ?? 0)
  const atHigh = above[bin] ?? 0
  const share = high > low ? (value - low) / (high - low) : 1
  return atLow + share * (atHigh - atLow)
}

/** The target exceeded with that chance. */
export function targetAt({ target }: Forest, above: Float64Array, exceedance: number): number {
  let bin = 0
  while (bin < TARGET_BINS - 1 && (above[bin] ?? 0) > exceedance) bin++
  const low = bin === 0 ? target.smallest : (target.edges[bin - 1] ?? 0)
  const high = bin === TARGET_BINS - 1 ? target.largest : (target.edges[bin] ?? 0)
  const atLow = bin === 0 ? 1 : (above[bin - 1] ?? 0)
  const atHigh = above[bin] ?? 0
  const share =
    atLow > atHigh ? Math.min(1, Math.max(0, (atLow - exceedance) / (atLow - atHigh))) : 1
  return low + share * (high - low)
}

function featureBin(edges: Float32Array, feature: number, value: number): number {
  if (Number.isNaN(value)) return 0
  const from = feature * (FEATURE_BINS - 1)
  let low = 0
  let high = FEATURE_BINS - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[from + middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function edgesOf(rows: Float32Array, count: number, features: number): Float32Array {
  const edges = new Float32Array(features * (FEATURE_BINS - 1))
  for (let f = 0; f < features; f++) {
    const column = rows.subarray(f * count, (f + 1) * count)
    // Every eighth row places 47 edges well enough, and sorting all was a fifth of a fit.
    const known = column.filter((value, r) => r % 8 === 0 && !Number.isNaN(value)).sort()
    for (let i = 0; i < FEATURE_BINS - 1; i++) {
      edges[f * (FEATURE_BINS - 1) + i] =
        known[Math.floor(((i + 1) / FEATURE_BINS) * (known.length - 1))] ?? 0
    }
  }
  return edges
}

function binned(features: Float32Array, rows: number, edges: Float32Array): Uint8Array {
  const bins = new Uint8Array(features.length)
  for (let i = 0; i < features.length; i++) {
    bins[i] = featureBin(edges, Math.floor(i / rows), features[i] ?? NaN)
  }
  return bins
}

/** Half of the rows, without repetition, by a partial shuffle of `order`. */
function drawHalf(order: Int32Array, random: () => number): Int32Array {
  const half = order.length >> 1
  for (let i = 0; i < half; i++) {
    const other = i + Math.floor(random() * (order.length - i))
    const swapped = order[i] ?? 0
    order[i] = order[other] ?? 0
    order[other] = swapped
  }
  return order.slice(0, half)
}
