import { mostCommonDistance, toGrid } from '../../forecaster/series/grid.ts'
import type { Series } from '../../forecaster/series/series.ts'

import { RecordingProblem } from './recording-problem.ts'

/** One row of a recording. */
export interface StampedSample {
  line: number
  /** Milliseconds since the epoch. */
  atMs: number
  /** NaN is a gap. */
  value: number
}

/** Stamps may lie this far beside the grid, in steps. */
const TOLERANCE = 0.01
/** More slots than any recording needs: four years of minutes would be fewer. */
const MAX_SLOTS = 5_000_000

/**
 * Puts rows on the grid of their most common distance.
 *
 * @param samples at least one, strictly ascending in time
 * @throws RecordingProblem when they do not lie on one
 */
export function gridOf(samples: readonly StampedSample[], file: string): Series {
  const firstMs = samples[0]?.atMs ?? NaN
  // Counted from the first row, so that stamps with fractions of a second give whole steps.
  const elapsed = samples.map(({ atMs }) => (atMs - firstMs) / 1000)
  const stepSeconds = mostCommonDistance(elapsed)
  if (stepSeconds === null) {
    throw new RecordingProblem(`${file}: a single row shows no rhythm. Add rows`, 'too-little')
  }
  let newest = -1
  samples.forEach(({ line }, i) => {
    const slots = (elapsed[i] ?? 0) / stepSeconds
    const slot = Math.round(slots)
    if (Math.abs(slots - slot) > TOLERANCE || slot === newest) {
      throw new RecordingProblem(
        `${file}:${line}: the timestamp is off the grid: most rows are ${stepSeconds} s apart. Resample to one step`,
      )
    }
    if (slot > MAX_SLOTS) {
      throw new RecordingProblem(
        `${file}:${line}: the timestamp is ${slot} steps of ${stepSeconds} s after the first. Correct it`,
      )
    }
    newest = slot
  })
  const grid = toGrid(
    elapsed,
    samples.map(({ value }) => value),
  )
  if (grid === null) throw new RangeError('rows without a step')
  return { ...grid, startSeconds: firstMs / 1000 }
}
