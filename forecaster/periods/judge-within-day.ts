import { DAY_SECONDS, WITHIN_DAY_SECONDS } from './calendar.ts'
import { withoutSlowerThan } from './detrend.ts'
import { foldOf, foldSkill } from './fold.ts'
import type { PeriodCandidate } from './periods.ts'
import { isFound, type Recording, standingOf, unfit } from './standing.ts'
import { winsorise } from './winsorise.ts'

/** Multiples of a period score as well as it does; among equals the shortest is the period. */
const EQUALS = 0.05

/**
 * Judges the periods that divide the day. The best is accepted and its fold taken out, then the others that
 * were found are judged again on what is left, until nothing is: a job every hour is not one every two.
 *
 * @returns the candidates, shortest first, and the values without the folds of those accepted
 */
export function judgeWithinDay(
  values: Float64Array,
  recording: Recording,
): { candidates: PeriodCandidate[]; rest: Float64Array } {
  const candidates = WITHIN_DAY_SECONDS.map(
    (period) => unfit(period, recording) ?? judge(values, recording, period),
  )
  let rest = values
  let open = candidates.filter(isFound)
  while (open.length > 0) {
    const best = Math.max(...open.map(({ skill }) => skill ?? 0))
    const accepted = open.find(({ skill }) => (skill ?? 0) >= best - EQUALS)
    if (accepted === undefined) break
    rest = withoutFold(rest, accepted.periodSeconds / recording.stepSeconds)
    const others = open.filter((other) => other !== accepted)
    // Judged again in place: what is handed back is how each stood at last.
    for (const other of others) Object.assign(other, judge(rest, recording, other.periodSeconds))
    open = others.filter(isFound)
  }
  return { candidates, rest }
}

/**
 * Judged is what is faster than the period itself, by cycles at *other times of the day*. A sharp morning
 * peak comes in one of a day's three cycles of eight hours: told by other mornings it would pass for a
 * period of eight hours, told by noon and night it does not.
 */
function judge(values: Float64Array, recording: Recording, periodSeconds: number): PeriodCandidate {
  const cycleSteps = periodSeconds / recording.stepSeconds
  const timesOfDay = DAY_SECONDS / periodSeconds
  const fold = foldSkill(fasterPart(values, cycleSteps), cycleSteps, timesOfDay)
  return standingOf(periodSeconds, fold, recording)
}

function withoutFold(values: Float64Array, cycleSteps: number): Float64Array {
  const fold = foldOf(fasterPart(values, cycleSteps), cycleSteps)
  return values.map((value, i) => value - (fold[i] ?? NaN))
}

function fasterPart(values: Float64Array, cycleSteps: number): Float64Array {
  return winsorise(withoutSlowerThan(values, cycleSteps))
}
