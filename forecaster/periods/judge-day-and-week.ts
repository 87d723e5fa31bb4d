import { DAY_SECONDS, isSeldomSeen, WEEK_SECONDS } from './calendar.ts'
import { withoutSlowCourse } from './detrend.ts'
import { foldOf, foldSkill } from './fold.ts'
import { mergeSlots } from './merge-slots.ts'
import type { PeriodCandidate } from './periods.ts'
import { isFound, notJudged, type Recording, standingOf, unfit } from './standing.ts'
import { winsorise } from './winsorise.ts'

/** Judges the day by the other days. */
export function judgeDay(values: Float64Array, recording: Recording): PeriodCandidate {
  return (
    unfit(DAY_SECONDS, recording) ??
    judgeCycles(aroundCourse(values, recording, DAY_SECONDS), recording, DAY_SECONDS)
  )
}

/**
 * Judges the week by the other weeks, on what the day does not tell, in hourly means: with one to three other
 * weeks to tell it, noise within the hour would hide it. Seen two or three times it must stand on a
 * daily rhythm, because slow wanderings of demand look like a week that often.
 */
export function judgeWeek(
  values: Float64Array,
  recording: Recording,
  day: PeriodCandidate,
): PeriodCandidate {
  const no = unfit(WEEK_SECONDS, recording)
  if (no !== null) return no
  if (!isFound(day) && isSeldomSeen(WEEK_SECONDS, recording.seenSeconds)) {
    return notJudged(WEEK_SECONDS, 'without a daily rhythm it needs 28 days')
  }
  const course = aroundCourse(values, recording, WEEK_SECONDS)
  const days = foldOf(course, DAY_SECONDS / recording.stepSeconds)
  const rest = isFound(day) ? course.map((value, i) => value - (days[i] ?? NaN)) : course
  const hours = mergeSlots({ ...recording, values: rest }, 3600)
  return judgeCycles(hours.values, { ...recording, stepSeconds: hours.stepSeconds }, WEEK_SECONDS)
}

/** Values about their slow course over whole cycles, without their spikes. */
export function aroundCourse(
  values: Float64Array,
  { stepSeconds }: Pick<Recording, 'stepSeconds'>,
  cycleSeconds: number,
): Float64Array {
  return winsorise(withoutSlowCourse(values, stepSeconds, cycleSeconds))
}

function judgeCycles(
  values: Float64Array,
  recording: Recording,
  periodSeconds: number,
): PeriodCandidate {
  const cycleSteps = periodSeconds / recording.stepSeconds
  const cycles = Math.ceil(values.length / cycleSteps)
  return standingOf(periodSeconds, foldSkill(values, cycleSteps, cycles), recording)
}
