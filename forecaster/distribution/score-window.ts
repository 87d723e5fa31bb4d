/** Buckets grow by this factor: a value read back is off by at most half a per cent. */
const GROWTH = 1.01
/** What is smaller counts as nothing, what is larger as this large. */
const SMALLEST = 1e-4
const LARGEST = 1e5
const PER_SIGN = Math.ceil(Math.log(LARGEST / SMALLEST) / Math.log(GROWTH)) + 1
/** Bucket of nothing; smaller ones are negative. */
const ZERO = PER_SIGN

/**
 * The newest scaled errors, counted in buckets that grow with their size (as DDSketch's do, PVLDB
 * 12:2195). A week of minutes takes 28 kB; kept sorted as numbers it took 80.
 */
export interface ScoreWindow {
  /** Bucket of each value, as a ring. */
  arrival: Uint16Array
  counts: Uint16Array
  pushed: number
}

export function createScoreWindow(size: number): ScoreWindow {
  return { arrival: new Uint16Array(size), counts: new Uint16Array(2 * PER_SIGN + 1), pushed: 0 }
}

/** Adds a value and, once full, drops the oldest. */
export function pushScore(window: ScoreWindow, value: number): void {
  const { arrival, counts } = window
  const slot = window.pushed % arrival.length
  if (window.pushed >= arrival.length) add(counts, arrival[slot] ?? 0, -1)
  const bucket = bucketOf(value)
  add(counts, bucket, 1)
  arrival[slot] = bucket
  window.pushed++
}

/** Values held. */
export function heldScores(window: ScoreWindow): number {
  return Math.min(window.pushed, window.arrival.length)
}

/**
 * The values of those ranks among the ones held, 1 the smallest, in one pass.
 *
 * @param ranks ascending; those outside what is held are taken for its ends
 * @param values where they are written to, left as it is while nothing is held
 */
export function readRanks(
  window: ScoreWindow,
  ranks: ArrayLike<number>,
  values: Float64Array,
): void {
  const held = heldScores(window)
  if (held === 0) return
  let bucket = -1
  let below = 0
  for (let i = 0; i < ranks.length; i++) {
    const rank = Math.min(held, Math.max(1, ranks[i] ?? 1))
    while (below < rank) below += window.counts[++bucket] ?? 0
    values[i] = valueOf(bucket)
  }
}

function bucketOf(value: number): number {
  const size = Math.abs(value)
  if (size < SMALLEST) return ZERO
  const step = 1 + Math.round(Math.log(Math.min(size, LARGEST) / SMALLEST) / Math.log(GROWTH))
  return value > 0 ? ZERO + step : ZERO - step
}

function valueOf(bucket: number): number {
  if (bucket === ZERO) return 0
  const size = SMALLEST * GROWTH ** (Math.abs(bucket - ZERO) - 1)
  return bucket > ZERO ? size : -size
}

function add(counts: Uint16Array, bucket: number, change: number): void {
  counts[bucket] = (counts[bucket] ?? 0) + change
}
