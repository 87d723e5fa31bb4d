import type { Series } from '../series/series.ts'
import { DAY_SECONDS } from './calendar.ts'
import { aroundCourse, judgeDay, judgeWeek } from './judge-day-and-week.ts'
import { judgeWithinDay } from './judge-within-day.ts'
import { mergeSlots } from './merge-slots.ts'
import type { PeriodCandidate, Periods } from './periods.ts'

/** Older days tell of another workload. Four weeks, so that a week is seen as often as a day must be. */
const JUDGED_DAYS = 28
/** No candidate is shorter than five minutes, and the noise within a minute would hide them. */
const FINEST_SECONDS = 60

/**
 * Which calendar periods demand really has, judged on its newest 28 days at most, at any step. From short to
 * long, each on what the shorter ones left. Gaps count nowhere.
 *
 * @param hint the user's word that demand has a week; taken only while that cannot be judged
 */
export function judgePeriods(
  series: Pick<Series, 'stepSeconds' | 'values'>,
  hint: 'weekly' | null = null,
): Periods {
  const slots = Math.round((JUDGED_DAYS * DAY_SECONDS) / series.stepSeconds)
  const recent = series.values.subarray(Math.max(0, series.values.length - slots))
  const scaled = { ...series, values: inUnitsOfLargest(recent) }
  const { values, stepSeconds } = mergeSlots(scaled, FINEST_SECONDS)
  const recording = {
    stepSeconds,
    seenSeconds: values.length * stepSeconds,
    variance: varianceOf(aroundCourse(values, { stepSeconds }, DAY_SECONDS)),
  }
  const withinDay = judgeWithinDay(values, recording)
  const day = judgeDay(withinDay.rest, recording)
  const week = judgeWeek(withinDay.rest, recording, day)
  if (hint === 'weekly' && week.standing === 'not judged') week.standing = 'hinted'
  const candidates = [...withinDay.candidates, day, week]
  return {
    verdict: verdictOf(candidates, day),
    accepted: candidates.filter(({ standing }) => isAccepted(standing)),
    candidates,
  }
}

function verdictOf(candidates: readonly PeriodCandidate[], day: PeriodCandidate) {
  if (candidates.some(({ standing }) => standing === 'clear')) return 'periodic'
  if (candidates.some(({ standing }) => isAccepted(standing))) return 'weak'
  return day.standing === 'not judged' ? 'too little data' : 'not predictable'
}

function isAccepted(standing: PeriodCandidate['standing']): boolean {
  return standing === 'clear' || standing === 'weak' || standing === 'hinted'
}

/** So that squares of demand in any unit are numbers. */
function inUnitsOfLargest(values: Float64Array): Float64Array {
  let largest = 0
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value)
  return largest === 0 ? values : values.map((value) => value / largest)
}

function varianceOf(values: Float64Array): number {
  let [sum, squares, count] = [0, 0, 0]
  for (const value of values) {
    if (value !== value) continue
    sum += value
    squares += value * value
    count++
  }
  return count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2)
}
