const LEAST_HOLD_SECONDS = 300

/** Slots over which a plan's largest need is held: a lead, and at least five minutes (decision.md §1). */
export function holdSteps(leadSteps: number, stepSeconds: number): number {
  return Math.max(1, leadSteps, Math.ceil(LEAST_HOLD_SECONDS / stepSeconds))
}
