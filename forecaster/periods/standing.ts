import { leastSeconds, whyNotJudged } from './calendar.ts'
import type { FoldSkill } from './fold.ts'
import type { PeriodCandidate } from './periods.ts'

/**
 * Leave-one-out R² from which a period is clear, and from which it is there at all. Public recordings with
 * a daily rhythm score 0.3 and more, those without 0.15 and less.
 */
const CLEAR = 0.3
const WEAK = 0.15
/** What explains less of all variance moves no replica: ripples of a smooth day, a scrape's rhythm. */
const MATERIAL = 0.05

/** A recording as it is judged. */
export interface Recording {
  stepSeconds: number
  /** From its first slot to its last, gaps included. */
  seenSeconds: number
  /** Variance of demand about its slow course. */
  variance: number
}

/** How a candidate stands after its fold was scored on `recording`. */
export function standingOf(
  periodSeconds: number,
  { skill, variance, scored }: FoldSkill,
  recording: Recording,
): PeriodCandidate {
  const needed = leastSeconds(periodSeconds) / recording.stepSeconds
  // Half of what is asked for may be missing, as slots here and there or as one long gap.
  if (scored < needed / 2) return notJudged(periodSeconds, 'too many gaps')
  const material = recording.variance > 0 && skill * variance >= MATERIAL * recording.variance
  const standing = skill < WEAK || !material ? 'absent' : skill < CLEAR ? 'weak' : 'clear'
  return { periodSeconds, standing, skill, why: null }
}

/** The candidate as it stands where the recording's step or length does not allow judging it; else null. */
export function unfit(periodSeconds: number, recording: Recording): PeriodCandidate | null {
  const why = whyNotJudged(periodSeconds, recording.stepSeconds, recording.seenSeconds)
  return why === null ? null : notJudged(periodSeconds, why)
}

export function notJudged(periodSeconds: number, why: string): PeriodCandidate {
  return { periodSeconds, standing: 'not judged', skill: null, why }
}

export function isFound({ standing }: PeriodCandidate): boolean {
  return standing === 'clear' || standing === 'weak'
}
