import { type DayAhead, demandOnDay } from '../day-ahead/day-ahead.ts'
import type { Plan } from '../plans/plan.ts'
import { OLDEST_FIT_SECONDS } from './fit-schedule.ts'

const DAY_SECONDS = 86_400
/** A day whenever the data end, however old the fit in force is then, and an hour for the lead. */
const REACH_SECONDS = DAY_SECONDS + OLDEST_FIT_SECONDS + 3600

/**
 * Replicas for slot `step` by a plan on the day-ahead distribution. It carries a workload through hours
 * without data, and says what comes next.
 *
 * @returns null before the first fit, where that time of day is unknown, and once the fit has expired
 */
export function plannedFor(
  dayAhead: DayAhead | null,
  step: number,
  plan: Plan,
  maxReplicas: number,
): number | null {
  if (dayAhead === null || step < dayAhead.untilStep || step >= expiryStep(dayAhead)) return null
  const demand = demandOnDay(dayAhead, step)
  return demand === null ? null : plan(demand, maxReplicas).replicas
}

/** The first slot that is planned no more. */
export function expiryStep({ untilStep, stepsPerDay }: DayAhead): number {
  return untilStep + Math.floor((REACH_SECONDS / DAY_SECONDS) * stepsPerDay)
}
