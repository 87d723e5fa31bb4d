import { type Decision, decide } from '../../forecaster/decide/decide.ts'
import { sanityBound } from '../../forecaster/plans/sanity.ts'
import { raised } from '../../forecaster/workload/workload.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { eventFactor } from '../calendar/event-factor.ts'
import { limitsAt } from '../calendar/limits-at.ts'
import { plannedAt, type StoredPlan } from './stored-plan.ts'
import { runningStep, STEP_SECONDS } from './timing.ts'

export interface PlanOnlyInput {
  plan: StoredPlan
  spec: PredictiveScalerSpec
  nowMs: number
  /** Slots from asking for a replica until it is Ready. */
  leadSteps: number
  /** What stands: the floor as it is found. */
  standing: number
}

/**
 * The decision while there is no workload to ask: restarted, and its history cannot be read. The larger of
 * what stands and the stored plan (architecture: Doubt); nothing here is fresh, so nothing falls. Windows and
 * events are the spec's as it is now, as in every decision.
 */
export function decideFromPlan(input: PlanOnlyInput): Decision {
  const { plan, spec, nowMs, leadSteps, standing } = input
  const startMs = runningStep(nowMs) * STEP_SECONDS * 1000
  const readyMs = startMs + leadSteps * STEP_SECONDS * 1000
  const planned = plannedAt(plan, readyMs)
  const factor = eventFactor(spec.events, readyMs)
  const { minReplicas, maxReplicas } = limitsAt(spec, startMs, leadSteps, STEP_SECONDS)
  return decide({
    predicted:
      planned === null
        ? { kind: 'absent', why: 'NoForecast' }
        : { kind: 'known', replicas: raised(planned, factor) },
    sanityBound: sanityBound(plan.highestNeed, factor),
    reactive: { kind: 'absent', why: spec.actuator.type === 'Scale' ? 'NoFreshData' : 'LeftToHpa' },
    fresh: false,
    ...{ standing, minReplicas, maxReplicas },
  })
}
