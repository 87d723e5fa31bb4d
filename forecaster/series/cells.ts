const CELL_SECONDS = 300

/**
 * Slots that share one memory of their time of day: five minutes of them, where quarters of a day divide
 * into such cells; else each is its own.
 */
export function cellStepsOf(stepSeconds: number, stepsPerDay: number): number {
  const steps = Math.max(1, Math.round(CELL_SECONDS / stepSeconds))
  return stepsPerDay % (4 * steps) === 0 ? steps : 1
}
