/** What the other cycles of a fold told about each slot. */
export interface FoldSkill {
  /**
   * Leave-one-out R²: the share of the variance that the mean of the other cycles explains. 1 is a
   * perfect repetition; white noise scores a little below 0, what repeats in opposite far below.
   */
  skill: number
  /** Variance of the slots scored: those known, and known at the same phase of another group. */
  variance: number
  scored: number
}

/**
 * How well each cycle is told by the others. Cycle number c is in group c mod `groups`, and a slot is
 * judged by the groups that are not its own: with a group a cycle, each cycle is left out in turn.
 *
 * @param cycleSteps length of a cycle in slots, at least 2; a fraction shifts the phase by less than a slot
 */
export function foldSkill(values: Float64Array, cycleSteps: number, groups: number): FoldSkill {
  const phases = Math.ceil(cycleSteps)
  const all = { sums: new Float64Array(phases), counts: new Float64Array(phases) }
  const own = {
    sums: new Float64Array(phases * groups),
    counts: new Float64Array(phases * groups),
  }
  let total = 0
  let known = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN
    if (value !== value) continue
    const phase = phaseOf(i, cycleSteps)
    const cell = (Math.floor(i / cycleSteps) % groups) * phases + phase
    all.sums[phase] = (all.sums[phase] ?? 0) + value
    all.counts[phase] = (all.counts[phase] ?? 0) + 1
    own.sums[cell] = (own.sums[cell] ?? 0) + value
    own.counts[cell] = (own.counts[cell] ?? 0) + 1
    total += value
    known++
  }
  let missed = 0
  let spread = 0
  let scored = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN
    if (value !== value) continue
    const phase = phaseOf(i, cycleSteps)
    const cell = (Math.floor(i / cycleSteps) % groups) * phases + phase
    const others = (all.counts[phase] ?? 0) - (own.counts[cell] ?? 0)
    if (others === 0) continue
    const told = ((all.sums[phase] ?? 0) - (own.sums[cell] ?? 0)) / others
    missed += (value - told) ** 2
    spread += (value - total / known) ** 2
    scored++
  }
  return {
    skill: spread === 0 ? 0 : 1 - missed / spread,
    variance: scored === 0 ? 0 : spread / scored,
    scored,
  }
}

/** The mean of the known values at each slot's phase of the cycle, one a slot. */
export function foldOf(values: Float64Array, cycleSteps: number): Float64Array {
  const sums = new Float64Array(Math.ceil(cycleSteps))
  const counts = new Float64Array(sums.length)
  values.forEach((value, i) => {
    if (value !== value) return
    const phase = phaseOf(i, cycleSteps)
    sums[phase] = (sums[phase] ?? 0) + value
    counts[phase] = (counts[phase] ?? 0) + 1
  })
  return values.map((_, i) => {
    const phase = phaseOf(i, cycleSteps)
    return (sums[phase] ?? NaN) / (counts[phase] ?? NaN)
  })
}

function phaseOf(slot: number, cycleSteps: number): number {
  return Math.floor(slot - Math.floor(slot / cycleSteps) * cycleSteps)
}
