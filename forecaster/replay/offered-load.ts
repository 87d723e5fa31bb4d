/** A gap up to this long is filled for the judge; the policy still sees a gap (PROTOCOL §1). */
const MAX_FILLED_SLOTS = 3
/** After a longer gap this much more is not scored. */
const SETTLE_SECONDS = 1800

/** What the world offers in each slot, and which slots count. */
export interface OfferedLoad {
  demand: Float64Array
  scored: Uint8Array
}

/**
 * The judge's view of a recording: short gaps interpolated, long ones and the time after them not
 * scored, the warm-up not scored.
 */
export function offeredLoad(
  values: Float64Array,
  stepSeconds: number,
  warmUpSlots: number,
): OfferedLoad {
  const slots = values.length
  const demand = values.map((value) => Math.max(0, value))
  const scored = new Uint8Array(slots).fill(1, Math.min(warmUpSlots, slots))
  const settleSlots = Math.ceil(SETTLE_SECONDS / stepSeconds)
  for (let start = 0; start < slots; start++) {
    if (!Number.isNaN(values[start])) continue
    let end = start
    while (end < slots && Number.isNaN(values[end])) end++
    if (end - start <= MAX_FILLED_SLOTS && start > 0 && end < slots) {
      const before = demand[start - 1] ?? 0
      const rise = (demand[end] ?? 0) - before
      for (let i = start; i < end; i++) {
        demand[i] = before + (rise * (i - start + 1)) / (end - start + 1)
      }
    } else {
      demand.fill(0, start, end)
      scored.fill(0, start, Math.min(slots, end + settleSlots))
    }
    start = end
  }
  return { demand, scored }
}

/** Replicas that carry `demand`; an overload by float noise is none (PROTOCOL §4). */
export function replicasFor(demand: number, capacityPerReplica: number): number {
  return Math.ceil(demand / (capacityPerReplica * (1 + 1e-9)))
}
