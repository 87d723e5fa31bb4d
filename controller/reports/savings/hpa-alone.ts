import { leadSteps } from '../../../forecaster/lead-time/lead-time.ts'
import { replay } from '../../../forecaster/replay/replay.ts'

/**
 * Ready pods in each slot if the HPA had been alone: its recorded counts, with pods that need the
 * learned lead, in the order of PROTOCOL §3. NaN where its count is not known.
 *
 * After a gap the pods start Ready at the count seen then: what the HPA did meanwhile is not known, and
 * a gap never counts against it.
 *
 * @param desired the HPA's count for each slot; NaN in gaps
 * @param leadSeconds creation to Ready as planned in each slot; a gap keeps the value before it
 * @returns null when no lead is known at all
 */
export function readyUnderHpaAlone(
  desired: Float64Array,
  leadSeconds: Float64Array,
  stepSeconds: number,
): Float64Array | null {
  const lead = withoutGaps(leadSeconds)
  if (lead === null) return null
  const ready = new Float64Array(desired.length).fill(NaN)
  for (let start = 0; start < desired.length; start++) {
    if (Number.isNaN(desired[start])) continue
    let end = start
    while (end < desired.length && !Number.isNaN(desired[end])) end++
    ready.set(
      readyOver(desired.subarray(start, end), lead.subarray(start, end), stepSeconds),
      start,
    )
    start = end
  }
  return ready
}

function readyOver(desired: Float64Array, lead: Float64Array, stepSeconds: number): Int32Array {
  let leadSlots = 1
  const world = {
    samples: desired,
    firstSlot: 0,
    initialReplicas: Math.ceil(desired[0] ?? 0),
    minReplicas: 0,
    maxReplicas: Infinity,
    startUp: () => leadSlots,
  }
  return replay(world, ({ slot }) => {
    leadSlots = leadSteps(lead[slot] ?? 0, 0, stepSeconds)
    return Math.ceil(desired[slot] ?? 0)
  }).ready
}

/** Gaps take the value before them, those at the start the first one known. */
function withoutGaps(values: Float64Array): Float64Array | null {
  let known = values.find((value) => !Number.isNaN(value))
  if (known === undefined) return null
  const filled = new Float64Array(values.length)
  for (const [slot, value] of values.entries()) {
    if (!Number.isNaN(value)) known = value
    filled[slot] = known
  }
  return filled
}
