/** Half-life of what a run has shown, in days of known slots. */
const HALF_LIFE_DAYS = 14

/** What a run came to, older slots weighing less. Slots without a sample count nowhere. */
export interface Tally {
  /** Weight of the slots counted. */
  slots: number
  /** Weight of those that were short. */
  violated: number
  /** Replica-steps that existed in them, weighted alike. */
  replicas: number
}

export function createTally(): Tally {
  return { slots: 0, violated: 0, replicas: 0 }
}

/** One more slot, the newest: whether it was short, and the replicas that existed in it. */
export function count(
  tally: Tally,
  violated: boolean,
  existing: number,
  stepsPerDay: number,
): void {
  const kept = 0.5 ** (1 / (HALF_LIFE_DAYS * stepsPerDay))
  tally.slots = tally.slots * kept + 1
  tally.violated = tally.violated * kept + (violated ? 1 : 0)
  tally.replicas = tally.replicas * kept + existing
}

/** Share of slots that were short; half a slot stands for none, so that its logarithm exists. */
export function violatedShare(tally: Tally): number {
  return Math.max(tally.violated, 0.5) / Math.max(tally.slots, 1)
}

/** Replica-steps that a run cost when a violated step is worth `violationPrice` of them. */
export function loss(tally: Tally, violationPrice: number): number {
  return tally.replicas + violationPrice * tally.violated
}
