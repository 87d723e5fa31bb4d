import type { RangeAnswer, RangeRequest } from '../reconcile/ports.ts'
import { labelSet } from './label-set.ts'
import type { Matrix } from './matrix-response.ts'
import { pointCount } from './query-chunks.ts'
import { SourceFault } from './source-fault.ts'

/** Label sets shown to the user; the rest is counted. */
const MAX_SERIES_SHOWN = 20

/**
 * Joins the answers to the chunks of one request on its grid.
 *
 * @throws SourceFault where a point is not on the asked grid.
 */
export function joinChunks(request: RangeRequest, matrices: readonly Matrix[]): RangeAnswer {
  const labelSets = new Set<string>()
  for (const { series } of matrices)
    for (const { labels } of series) labelSets.add(labelSet(labels))
  if (labelSets.size > 1 || matrices.some(({ series }) => series.length > 1)) {
    return { kind: 'several', series: [...labelSets].sort().slice(0, MAX_SERIES_SHOWN) }
  }
  if (labelSets.size === 0) return { kind: 'empty' }

  const { startSeconds, endSeconds, stepSeconds } = request
  const values = new Float64Array(pointCount(startSeconds, endSeconds, stepSeconds)).fill(NaN)
  let notFinite = 0
  for (const point of matrices.flatMap(({ series }) => series.flatMap(({ points }) => points()))) {
    const [seconds, text] = point
    const index = Math.round((seconds - startSeconds) / stepSeconds)
    if (
      index < 0 ||
      index >= values.length ||
      Math.abs(startSeconds + index * stepSeconds - seconds) > GRID_TOLERANCE_SECONDS
    ) {
      throw offGrid(seconds, request)
    }
    const value = Number(text)
    if (Number.isFinite(value)) values[index] = value
    else notFinite += 1
  }
  const warnings = [...new Set(matrices.flatMap((matrix) => matrix.warnings))]
  return { kind: 'values', values, notFinite, warnings }
}

/** Prometheus' timestamps are whole milliseconds. */
const GRID_TOLERANCE_SECONDS = 0.001_5

// A query frontend that aligns to the step answers other points than were asked: silently shifting
// them would make every plan late or early.
function offGrid(seconds: number, { startSeconds, stepSeconds }: RangeRequest): SourceFault {
  return new SourceFault(
    'NotPrometheus',
    `it answers the time ${seconds}, which was not asked (from ${startSeconds}, step ${stepSeconds} s)`,
    'if a query frontend lies before Prometheus, let it not align queries with the step',
  )
}
