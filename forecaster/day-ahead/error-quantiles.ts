import { EXCEEDANCES, LEVELS } from '../distribution/tail.ts'
import type { UsualDay } from './usual-day.ts'

/** An error seen this far off in time of day counts half. */
const HALF_SECONDS = 600
/** How fast it counts less beyond that: slowly, so that the tail draws on the whole day. */
const POWER = 1.5

/** By block of the day, a row each: the errors exceeded with the chances of `EXCEEDANCES`, ascending. */
export function errorQuantiles(usual: UsualDay, stepSeconds: number): Float64Array {
  const { blocks, errorBlock } = usual
  const seen = new Float64Array(blocks)
  for (const block of errorBlock) seen[block] = (seen[block] ?? 0) + 1
  const quantiles = new Float64Array(blocks * LEVELS)
  for (let block = 0; block < blocks; block++) {
    const weights = weightsAround(block, usual, stepSeconds)
    const total = seen.reduce((sum, count, other) => sum + count * (weights[other] ?? 0), 0)
    writeQuantiles(usual, weights, total, quantiles.subarray(block * LEVELS, (block + 1) * LEVELS))
  }
  return quantiles
}

function writeQuantiles(
  { errors, errorBlock }: UsualDay,
  weights: Float64Array,
  total: number,
  row: Float64Array,
): void {
  let below = 0
  let at = -1
  for (let level = 0; level < LEVELS; level++) {
    const asked = total * (1 - (EXCEEDANCES[level] ?? 0))
    while (below < asked && at < errors.length - 1) below += weights[errorBlock[++at] ?? 0] ?? 0
    row[level] = errors[at] ?? NaN
  }
}

/** How much an error counts in one block of the day, by the block it was seen in. */
function weightsAround(
  block: number,
  { blocks, blockSteps }: UsualDay,
  stepSeconds: number,
): Float64Array {
  return Float64Array.from({ length: blocks }, (_, other) => {
    const apart = Math.abs(other - block)
    const seconds = Math.min(apart, blocks - apart) * blockSteps * stepSeconds
    return 1 / (1 + (seconds / HALF_SECONDS) ** POWER)
  })
}
