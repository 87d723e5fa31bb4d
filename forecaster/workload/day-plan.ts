import type { Fitted } from '../models/model.ts'
import type { Plan } from '../plans/plan.ts'
import { type History, newestStep, templateHalfWindow } from '../series/history.ts'
import {
  adoptFits,
  advanceOutlook,
  createOutlook,
  lookAhead,
  type Mixture,
  type Outlook,
} from './outlook.ts'

const MODELS: Mixture = [{ modelId: 'day-template', weight: 1, errors: 'scaled' }]

/**
 * Replicas for each slot of the next day, by the same price rule on the day-ahead distribution. It
 * carries a workload through hours without data, and says what comes next.
 */
export interface DayPlan {
  outlook: Outlook
  /** Planned replicas by absolute step modulo a day, and the step each entry is for. */
  replicas: Float64Array
  forStep: Float64Array
}

export function createDayPlan(history: History, capacityPerReplica: number): DayPlan {
  // The template of a slot is known once the same time of day, and what it pools after it, has passed.
  const horizonSteps = history.stepsPerDay - templateHalfWindow(history.stepSeconds)
  const { stepSeconds, firstStep } = history
  const settings = { stepSeconds, firstStep, capacityPerReplica, horizonSteps }
  const outlook = createOutlook(settings, MODELS, history)
  const fitted: Fitted = {
    modelId: 'day-template',
    leadSteps: horizonSteps,
    untilStep: firstStep,
    weights: new Float64Array(0),
  }
  adoptFits(outlook, { models: [fitted], forest: null, failed: [] })
  return {
    outlook,
    replicas: new Float64Array(history.stepsPerDay).fill(NaN),
    forStep: new Float64Array(history.stepsPerDay).fill(NaN),
  }
}

/** The newest slot of the shared history closed: learn from it and plan one more slot a day ahead. */
export function advanceDayPlan(dayPlan: DayPlan, plan: Plan, maxReplicas: number): void {
  const { outlook } = dayPlan
  advanceOutlook(outlook)
  const ahead = lookAhead(outlook)
  if (ahead === null) return
  const target = newestStep(outlook.history) + outlook.horizonSteps
  const slot = target % dayPlan.replicas.length
  dayPlan.replicas[slot] = plan(ahead.law, maxReplicas).replicas
  dayPlan.forStep[slot] = target
}

/** Replicas planned for slot `step`; null where the plan does not reach or has expired. */
export function plannedFor(dayPlan: DayPlan, step: number): number | null {
  const slot = step % dayPlan.replicas.length
  const replicas = dayPlan.replicas[slot] ?? NaN
  return dayPlan.forStep[slot] === step && !Number.isNaN(replicas) ? replicas : null
}
