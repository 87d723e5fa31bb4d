import { FEATURES } from './features.ts'
import { solveSymmetric } from './solve-symmetric.ts'

/**
 * Share of each feature's own spread added to the diagonal: collinear lags stay apart. Ten times more costs a
 * short daily ramp its height, ten times less a launch out of nothing (few rows, all of them new).
 */
const RIDGE = 3e-4
/** 1.345 residual deviations: 95 % efficient on clean data (Huber 1964), bursts lose their pull. */
const HUBER = 1.345
const ITERATIONS = 4

/**
 * Linear weights by iteratively reweighted least squares under Huber's loss.
 *
 * @param rows row-major, FEATURES a row, the first of them the constant
 * @returns weights in the features' own units; null when the system cannot be solved
 */
export function huberRidge(rows: Float64Array, targets: Float64Array): Float64Array | null {
  const count = targets.length
  const residuals = new Float64Array(count)
  const rowWeights = new Float64Array(count).fill(1)
  let weights: Float64Array | null = null
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    weights = weightedRidge(rows, targets, rowWeights)
    if (weights === null) return null
    for (let i = 0; i < count; i++) residuals[i] = (targets[i] ?? 0) - dot(rows, i, weights)
    const limit = HUBER * residualDeviation(residuals)
    for (let i = 0; i < count; i++) {
      const size = Math.abs(residuals[i] ?? 0)
      rowWeights[i] = size <= limit ? 1 : limit / size
    }
  }
  return weights
}

function weightedRidge(
  rows: Float64Array,
  targets: Float64Array,
  rowWeights: Float64Array,
): Float64Array | null {
  const gram = new Float64Array(FEATURES * FEATURES)
  const moment = new Float64Array(FEATURES)
  for (let i = 0; i < targets.length; i++) {
    const offset = i * FEATURES
    const weight = rowWeights[i] ?? 0
    for (let a = 0; a < FEATURES; a++) {
      const left = weight * (rows[offset + a] ?? 0)
      moment[a] = (moment[a] ?? 0) + left * (targets[i] ?? 0)
      for (let b = 0; b <= a; b++) {
        const at = a * FEATURES + b
        gram[at] = (gram[at] ?? 0) + left * (rows[offset + b] ?? 0)
      }
    }
  }
  const mass = gram[0] ?? 0
  for (let a = 1; a < FEATURES; a++) {
    const mean = (gram[a * FEATURES] ?? 0) / mass
    const spread = Math.max(0, (gram[a * FEATURES + a] ?? 0) - mass * mean * mean)
    const diagonal = a * FEATURES + a
    const square = gram[diagonal] ?? 0
    // The last term keeps a feature without spread solvable (an all-zero history, say): its weight goes to 0.
    gram[diagonal] = square + RIDGE * spread + (square > 0 ? 1e-9 * square : mass)
  }
  return solveSymmetric(gram, moment)
}

function dot(rows: Float64Array, row: number, weights: Float64Array): number {
  const offset = row * FEATURES
  let sum = 0
  for (let a = 0; a < FEATURES; a++) sum += (rows[offset + a] ?? 0) * (weights[a] ?? 0)
  return sum
}

/** Standard deviation as seen by the median absolute residual (1.4826 · MAD). */
function residualDeviation(residuals: Float64Array): number {
  const sizes = residuals.map(Math.abs).sort()
  const middle = sizes[sizes.length >> 1] ?? 0
  // More than half the rows fitted exactly (idle workloads): fall back to the mean absolute residual.
  if (middle > 0) return 1.4826 * middle
  let sum = 0
  for (const size of sizes) sum += size
  return sizes.length === 0 ? 1 : Math.max(sum / sizes.length, 1e-12)
}
