import { counterRates } from '../../forecaster/series/counter.ts'
import type { Placement } from '../../forecaster/series/grid.ts'
import type { Series } from '../../forecaster/series/series.ts'

import { doubtValues } from './doubtful-values.ts'
import type { Findings, Matter } from './finding.ts'
import type { Samples } from './sample-list.ts'

/**
 * The samples in their slots. A CSV's stamp is its slot's start. A point of Prometheus looks back, and
 * so does a counter's reading: at T they close the slot [T - step, T), and stand under its start.
 */
export function seriesOf(
  samples: Samples,
  placement: Placement,
  { isCounter, isPrometheus }: { isCounter: boolean; isPrometheus: boolean },
  findings: Findings,
): Series {
  const stepSeconds = placement.stepMs / 1000
  const stamped = Float64Array.from(samples.values)
  const values = isCounter ? ratesOf(samples, stamped, stepSeconds, findings) : stamped
  doubtValues(values, isCounter, findings)
  const { slots } = placement
  const slotted = new Float64Array(slots.reduce((most, slot) => Math.max(most, slot), 0) + 1)
  slotted.fill(NaN)
  slots.forEach((slot, i) => {
    if (slot !== -1) slotted[slot] = values[i] ?? NaN
  })
  const looksBack = isPrometheus || isCounter
  const startSeconds = placement.startMs / 1000 - (looksBack ? stepSeconds : 0)
  return { startSeconds, stepSeconds, values: slotted }
}

/** Share of readings from which on falls are no restarts of a process. */
const MOST_RESETS = 0.05

const RESET: Matter = {
  severity: 'note',
  kind: 'counter-reset',
  what: 'the counter began again',
  todo: 'What it shows was counted since',
}

function ratesOf(
  samples: Samples,
  readings: Float64Array,
  stepSeconds: number,
  findings: Findings,
): Float64Array {
  const atSeconds = Float64Array.from(samples.atMs, (at) => at / 1000)
  const { rates, resets } = counterRates(atSeconds, readings, stepSeconds)
  for (const i of resets) {
    const row = samples.rows[i] ?? 0
    findings.add(RESET, row)
  }
  if (resets.length > readings.length * MOST_RESETS) {
    const what = `${resets.length} of ${readings.length} readings are below the one before`
    const todo = 'A counter only rises: leave --counter out if this is none'
    findings.add({ severity: 'warning', kind: 'no-counter', what, todo })
  }
  return rates
}
