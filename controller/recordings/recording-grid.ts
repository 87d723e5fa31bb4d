import { type Placement, placeOnGrid } from '../../forecaster/series/grid.ts'

import type { Findings } from './finding.ts'
import type { Samples } from './sample-list.ts'

/** More slots than any recording needs: four years of minutes would be fewer. */
const MAX_SLOTS = 5_000_000

/**
 * Finds the slots of samples; what lies beside the grid is a finding, and has none.
 *
 * @returns null when there are fewer than two
 */
export function slotsOf(samples: Samples, findings: Findings): Placement | null {
  const placement = placeOnGrid(Float64Array.from(samples.atMs))
  if (placement === null) return null
  const { slots, offsetsMs } = placement
  const step = `${placement.stepMs / 1000} s`
  const largest = largestSnapped(placement)
  slots.forEach((slot, i) => {
    const row = samples.rows[i] ?? 0
    if (slot === -1) {
      const what = `the timestamp is off the grid: most rows are ${step} apart`
      const todo = 'Resample to one step'
      findings.add({ severity: 'problem', kind: 'off-grid', what, todo }, row)
    } else if (slot > MAX_SLOTS) {
      const what = `the timestamp is ${slot} steps of ${step} after the first`
      findings.add({ severity: 'problem', kind: 'far-away', what, todo: 'Correct it' }, row)
      slots[i] = -1
    } else if (offsetsMs[i] !== 0) {
      const what = `the timestamp lies beside a grid of ${step}, as far as ${largest / 1000} s`
      const todo = 'It is moved onto it'
      findings.add({ severity: 'warning', kind: 'snapped', what, todo }, row)
    }
  })
  return placement
}

/** Milliseconds by which the farthest stamp is moved. */
function largestSnapped({ slots, offsetsMs }: Placement): number {
  return offsetsMs.reduce(
    (most, offset, i) => (slots[i] === -1 ? most : Math.max(most, Math.abs(offset))),
    0,
  )
}
