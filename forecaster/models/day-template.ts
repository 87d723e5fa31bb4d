import { type History, recentAt } from '../series/history.ts'
import type { Model } from './model.ts'

/**
 * The same time on the days before: half their pooled median, half their recency-weighted mean.
 * Knows nothing of today, so it serves a lead of a day.
 */
export const dayTemplate: Model = {
  id: 'day-template',
  fit: (_history, untilStep, leadSteps) => ({
    modelId: 'day-template',
    leadSteps,
    untilStep,
    weights: new Float64Array(0),
  }),
  predict: (fitted, history, nowStep) => dayTemplateAt(history, nowStep + fitted.leadSteps),
}

/** What the days before say of slot `step`; NaN where they say nothing, or the slot is too far ahead. */
export function dayTemplateAt(history: History, step: number): number {
  const index = step - history.firstStep
  return ((history.template[index] ?? NaN) + recentAt(history, step)) / 2
}
