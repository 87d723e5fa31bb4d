/**
 * Slots over which a plan's largest need is held: a lead, and at least the scale-down window
 * (decision.md §1).
 */
export function holdSteps(leadSteps: number, stepSeconds: number, windowSeconds: number): number {
  return Math.max(1, leadSteps, Math.ceil(windowSeconds / stepSeconds))
}
