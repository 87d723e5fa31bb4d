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
  predict: (fitted, history, nowStep) => {
    const index = nowStep + fitted.leadSteps - history.firstStep
    const template = history.template[index] ?? NaN
    return (template + (history.recent[index] ?? NaN)) / 2
  },
}
