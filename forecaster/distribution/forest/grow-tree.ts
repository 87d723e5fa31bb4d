/** Rows as bytes: feature f of row r is bins[f * rows + r]. */
export interface BinnedRows {
  bins: Uint8Array
  rows: number
  features: number
  binsPerFeature: number
  /** By row: which of the LEVELS + 1 intervals of the target it lies in. */
  levelClass: Uint8Array
  /** By row: its bin of the target. */
  targetBin: Uint8Array
}

/**
 * A tree as arrays, node 0 its root. A leaf has feature 255, and `left`..`right` is its part of
 * `targets`: the target bins of the rows that fell into it, a byte a row.
 */
export interface Tree {
  feature: Uint8Array
  threshold: Uint8Array
  left: Uint16Array
  right: Uint16Array
  targets: Uint8Array
}

export interface TreeLimits {
  depth: number
  leafRows: number
  featuresTried: number
}

/** Quantiles of the whole training target at which a split is judged. */
export const LEVELS = [0.2, 0.4, 0.6, 0.75, 0.85, 0.92, 0.96, 0.98, 0.99, 0.995] as const
const CLASSES = LEVELS.length + 1
const WEIGHTS = LEVELS.map((q) => (q * (1 - q)) ** -0.75)
const LEAF = 255

/** Grows one tree on `sample`, row numbers that are reordered in place. */
export function growTree(
  data: BinnedRows,
  sample: Int32Array,
  limits: TreeLimits,
  random: () => number,
): Tree {
  const feature: number[] = []
  const threshold: number[] = []
  const left: number[] = []
  const right: number[] = []
  const scratch: Scratch = {
    histogram: new Int32Array(data.binsPerFeature * CLASSES),
    levels: new Uint8Array(sample.length),
  }

  const grow = (from: number, to: number, depth: number): number => {
    const node = feature.length
    feature.push(LEAF)
    threshold.push(0)
    left.push(0)
    right.push(0)
    const split =
      depth < limits.depth && to - from >= 2 * limits.leafRows
        ? bestSplit(data, sample.subarray(from, to), limits, scratch, random)
        : null
    if (split === null) {
      left[node] = from
      right[node] = to
      return node
    }
    const middle = partition(data, sample, from, to, split)
    feature[node] = split.feature
    threshold[node] = split.threshold
    left[node] = grow(from, middle, depth + 1)
    right[node] = grow(middle, to, depth + 1)
    return node
  }
  grow(0, sample.length, 0)
  return {
    feature: Uint8Array.from(feature),
    threshold: Uint8Array.from(threshold),
    left: Uint16Array.from(left),
    right: Uint16Array.from(right),
    targets: Uint8Array.from(sample, (row) => data.targetBin[row] ?? 0),
  }
}

/** The leaf, a node, that a binned row falls into. */
export function leafOf(tree: Tree, row: Uint8Array): number {
  let node = 0
  while (tree.feature[node] !== LEAF) {
    const goesLeft = (row[tree.feature[node] ?? 0] ?? 0) <= (tree.threshold[node] ?? 0)
    node = (goesLeft ? tree.left[node] : tree.right[node]) ?? 0
  }
  return node
}

interface Split {
  feature: number
  threshold: number
  gain: number
}

/** Room for one node's work, made once a tree. */
interface Scratch {
  /** Rows of the node by bin of one feature and level class. */
  histogram: Int32Array
  /** Level classes of the node's rows, in their order in the sample. */
  levels: Uint8Array
}

function bestSplit(
  data: BinnedRows,
  rows: Int32Array,
  limits: TreeLimits,
  scratch: Scratch,
  random: () => number,
): Split | null {
  const total = new Int32Array(CLASSES)
  for (let i = 0; i < rows.length; i++) {
    const level = data.levelClass[rows[i] ?? 0] ?? 0
    scratch.levels[i] = level
    total[level] = (total[level] ?? 0) + 1
  }
  let best: Split | null = null
  for (const feature of drawFeatures(data.features, limits.featuresTried, random)) {
    fillHistogram(data, rows, feature, scratch)
    const split = scan(scratch.histogram, data.binsPerFeature, rows.length, limits.leafRows, total)
    if (split !== null && split.gain > (best?.gain ?? 0)) best = { feature, ...split }
  }
  return best
}

function fillHistogram(
  { bins, rows: stride }: BinnedRows,
  rows: Int32Array,
  feature: number,
  { histogram, levels }: Scratch,
): void {
  histogram.fill(0)
  const offset = feature * stride
  for (let i = 0; i < rows.length; i++) {
    const cell = (bins[offset + (rows[i] ?? 0)] ?? 0) * CLASSES + (levels[i] ?? 0)
    histogram[cell] = (histogram[cell] ?? 0) + 1
  }
}

/** The cut that separates the distributions best: Cramer-like, weighted towards the upper tail. */
function scan(
  histogram: Int32Array,
  binsPerFeature: number,
  rows: number,
  leafRows: number,
  total: Int32Array,
): { threshold: number; gain: number } | null {
  const leftClass = new Int32Array(CLASSES)
  let leftRows = 0
  let threshold = -1
  let bestGain = 0
  for (let bin = 0; bin < binsPerFeature - 1; bin++) {
    let added = 0
    for (let level = 0; level < CLASSES; level++) {
      const count = histogram[bin * CLASSES + level] ?? 0
      leftClass[level] = (leftClass[level] ?? 0) + count
      added += count
    }
    leftRows += added
    const rightRows = rows - leftRows
    if (added === 0 || leftRows < leafRows) continue
    if (rightRows < leafRows) break
    let distance = 0
    let leftBelow = 0
    let allBelow = 0
    for (let level = 0; level < WEIGHTS.length; level++) {
      leftBelow += leftClass[level] ?? 0
      allBelow += total[level] ?? 0
      const gap = leftBelow / leftRows - (allBelow - leftBelow) / rightRows
      distance += (WEIGHTS[level] ?? 0) * gap * gap
    }
    const gain = ((leftRows * rightRows) / rows) * distance
    if (gain > bestGain) {
      bestGain = gain
      threshold = bin
    }
  }
  return threshold < 0 ? null : { threshold, gain: bestGain }
}

function partition(
  data: BinnedRows,
  sample: Int32Array,
  from: number,
  to: number,
  split: Split,
): number {
  const offset = split.feature * data.rows
  let middle = from
  for (let i = from; i < to; i++) {
    const row = sample[i] ?? 0
    if ((data.bins[offset + row] ?? 0) > split.threshold) continue
    sample[i] = sample[middle] ?? 0
    sample[middle++] = row
  }
  return middle
}

function drawFeatures(features: number, tried: number, random: () => number): Uint8Array {
  const order = Uint8Array.from({ length: features }, (_, i) => i)
  for (let i = 0; i < tried; i++) {
    const other = i + Math.floor(random() * (features - i))
    const swapped = order[i] ?? 0
    order[i] = order[other] ?? 0
    order[other] = swapped
  }
  return order.subarray(0, tried)
}
