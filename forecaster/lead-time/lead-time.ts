import { predictiveQuantile } from './log-normal-predictive.ts'
import { ENOUGH_START_UPS } from './recent-start-ups.ts'
import { startUpQuantile } from './start-up-quantile.ts'

/** The start-up time to plan for. */
export interface LeadTime {
  startUpSeconds: number
  /**
   * `initial`: as the user states it, no pod was seen. `prior`: few pods, weighed against that.
   * `learned`: from the pods. `starting`: a pod is starting that has taken longer already than expected.
   */
  source: 'initial' | 'prior' | 'learned' | 'starting'
  /** Start-ups it was learned from. */
  samples: number
  /** Pods still starting: of them it is known only that they take longer than so far. */
  starting: number
}

/** What is known of the pods. Pods that crash or find no node are a fault and do not belong here. */
export interface StartUpEvidence {
  /** Creation to Ready of the pods that count, in seconds. */
  startUps: readonly number[]
  /** Seconds since creation of the pods that are not Ready yet. */
  starting: readonly number[]
}

export interface LeadTimeBounds {
  /** Percentile of the start-ups to plan for, in (0, 100). */
  percentile: number
  initialSeconds: number
  maxSeconds: number
}

/**
 * The start-up time to plan for, from creation to Ready: never below what a pod that is starting has
 * taken so far, never beyond the maximum. The order of the pods does not matter.
 */
export function leadTime(evidence: StartUpEvidence, bounds: LeadTimeBounds): LeadTime {
  const { startUps, starting } = evidence
  const expected = expectedSeconds(evidence, bounds)
  const longestSoFar = Math.max(0, ...starting)
  return {
    startUpSeconds: Math.min(Math.max(expected, longestSoFar), bounds.maxSeconds),
    source: longestSoFar > expected ? 'starting' : sourceOf(startUps.length),
    samples: startUps.length,
    starting: starting.length,
  }
}

function sourceOf(samples: number): LeadTime['source'] {
  if (samples === 0) return 'initial'
  return samples < ENOUGH_START_UPS ? 'prior' : 'learned'
}

/** By measurement (research §6): the log-normal holds with few pods, the larger of both with many. */
function expectedSeconds(
  { startUps, starting }: StartUpEvidence,
  { initialSeconds, percentile }: LeadTimeBounds,
): number {
  if (startUps.length === 0) return initialSeconds
  // Sums of floats depend on their order.
  const sorted = Float64Array.from(startUps).sort()
  const shrunk = predictiveQuantile(sorted, initialSeconds, percentile / 100)
  if (startUps.length < ENOUGH_START_UPS) return shrunk
  return Math.max(shrunk, startUpQuantile(sorted, starting, percentile / 100))
}

/** L: slots from the decision until pods asked for in it are Ready (architecture: Lead). */
export function leadSteps(
  startUpSeconds: number,
  syncSeconds: number,
  stepSeconds: number,
): number {
  return Math.max(1, Math.ceil((startUpSeconds + syncSeconds) / stepSeconds - 1e-9))
}
