import { selectRank } from './select-rank.ts'

/** Stamps on a fixed grid. In milliseconds, in which neighbours' distances are whole numbers. */
export interface Placement {
  stepMs: number
  /** Start of slot 0, epoch milliseconds. */
  startMs: number
  /** Slot of each stamp; -1 where it lies too far beside the grid, or its slot is taken already. */
  slots: Float64Array
  /** Milliseconds from the start of its slot to each stamp. */
  offsetsMs: Float64Array
  /** How many stamps have no slot. */
  outside: number
}

/** A stamp may lie this far beside its slot's start, in steps: half a step would fit two slots. */
const TOLERANCE_STEPS = 0.25
const TEN_MINUTES_MS = 600_000

/**
 * Finds the grid that stamps lie on. Its step is their most common distance (PROTOCOL §1); where jitter
 * leaves few distances alike, the round one at the middle of them if that fits the stamps better.
 *
 * @param atMs epoch milliseconds, strictly ascending
 * @returns null when fewer than two stamps leave no step to see
 */
export function placeOnGrid(atMs: Float64Array): Placement | null {
  if (atMs.length < 2) return null
  const distances = atMs.subarray(1).map((at, i) => at - (atMs[i] ?? NaN))
  const common = mostCommon(distances)
  const alike = distances.filter((distance) => distance === common).length
  const onCommon = place(atMs, common)
  if (alike > distances.length / 2) return onCommon
  const onRound = place(atMs, roundDistance(distances))
  return fitsBetter(onCommon, onRound) ? onCommon : onRound
}

/**
 * A round distance near the middle one. Each is taken for a whole number of steps, so that jitter evens
 * out over the span; the second pass counts long gaps by the better step of the first.
 */
function roundDistance(distancesMs: Float64Array): number {
  const spanMs = distancesMs.reduce((sum, distance) => sum + distance, 0)
  let stepMs = middle(distancesMs)
  for (let pass = 0; pass < 2; pass++) {
    const current = stepMs
    stepMs = spanMs / distancesMs.reduce((sum, d) => sum + Math.max(1, Math.round(d / current)), 0)
  }
  const unit = stepMs < TEN_MINUTES_MS ? 1000 : 60_000
  return Math.max(1, Math.round(stepMs / unit)) * unit
}

/** Whether the first grid explains the stamps at least as well. */
function fitsBetter(one: Placement, other: Placement): boolean {
  if (one.outside !== other.outside) return one.outside < other.outside
  return deviation(one) <= deviation(other)
}

function deviation({ offsetsMs }: Placement): number {
  return offsetsMs.reduce((sum, offset) => sum + Math.abs(offset), 0)
}

function place(atMs: Float64Array, stepMs: number): Placement {
  const startMs = gridStart(atMs, stepMs)
  const slots = new Float64Array(atMs.length).fill(-1)
  const offsetsMs = new Float64Array(atMs.length)
  let newest = -1
  let outside = 0
  atMs.forEach((at, i) => {
    // Zero is added so that a first stamp before its slot's start is in slot 0, not -0.
    const slot = Math.round((at - startMs) / stepMs) + 0
    const offset = at - startMs - slot * stepMs
    offsetsMs[i] = offset
    if (Math.abs(offset) > TOLERANCE_STEPS * stepMs || slot <= newest) {
      outside++
    } else {
      slots[i] = slot
      newest = slot
    }
  })
  return { stepMs, startMs, slots, offsetsMs, outside }
}

/**
 * The first stamp's slot, put where the stamps agree: at the offset that most of them share, else at
 * a multiple of the step since the epoch when all are near one, else at their middle offset.
 */
function gridStart(atMs: Float64Array, stepMs: number): number {
  const first = atMs[0] ?? NaN
  const offsets = atMs.map((at) => offsetFrom(first, at, stepMs))
  if (offsets.every((offset) => offset === 0)) return first
  const shared = middle(offsets)
  const exact = offsets.filter((offset) => offset === shared).length
  const round = Math.round(first / stepMs) * stepMs
  const isNearRound = (at: number) =>
    Math.abs(offsetFrom(round, at, stepMs)) <= TOLERANCE_STEPS * stepMs
  return exact <= atMs.length / 2 && atMs.every(isNearRound) ? round : first + shared
}

function offsetFrom(start: number, at: number, stepMs: number): number {
  const elapsed = at - start
  return elapsed - Math.round(elapsed / stepMs) * stepMs
}

/** The most common of some numbers; the one seen first wins a tie. */
function mostCommon(numbers: Float64Array): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  let best = NaN
  let most = 0
  for (const [number, count] of counts) {
    if (count > most) {
      best = number
      most = count
    }
  }
  return best
}

/** The middle one in order; of two, the lower, so that it is one of them. */
function middle(numbers: Float64Array): number {
  return selectRank(numbers.slice(), (numbers.length - 1) >> 1)
}
