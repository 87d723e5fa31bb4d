/** Where a lead time came from: the stated first guess, or the pods themselves. */
export interface LeadTime {
  startUpSeconds: number
  source: 'initial' | 'learned'
  samples: number
}

export interface LeadTimeBounds {
  /** Percentile of the start-ups to plan for, in (0, 100). */
  percentile: number
  initialSeconds: number
  maxSeconds: number
}

/** Fewer start-ups than this say little of a percentile: the larger of them and the guess is used. */
const ENOUGH_SAMPLES = 10

/** The start-up time to plan for, from creation to Ready. */
export function leadTime(startUpSeconds: readonly number[], bounds: LeadTimeBounds): LeadTime {
  const samples = startUpSeconds.length
  if (samples === 0) {
    return {
      startUpSeconds: Math.min(bounds.initialSeconds, bounds.maxSeconds),
      source: 'initial',
      samples,
    }
  }
  const seen = percentileOf(startUpSeconds, bounds.percentile)
  const planned = samples < ENOUGH_SAMPLES ? Math.max(seen, bounds.initialSeconds) : seen
  return { startUpSeconds: Math.min(planned, bounds.maxSeconds), source: 'learned', samples }
}

/** L: slots from the decision until pods asked for in it are Ready (architecture: Lead). */
export function leadSteps(
  startUpSeconds: number,
  syncSeconds: number,
  stepSeconds: number,
): number {
  return Math.max(1, Math.ceil((startUpSeconds + syncSeconds) / stepSeconds - 1e-9))
}

/** The (n + 1) rank percentile: with few samples it errs on the long side. NaN for no samples. */
export function percentileOf(samples: readonly number[], percentile: number): number {
  const sorted = Float64Array.from(samples).sort()
  const rank = Math.ceil(((sorted.length + 1) * percentile) / 100)
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? NaN
}
