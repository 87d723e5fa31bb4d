import { meanBack } from '../series/history.ts'
import type { Model } from './model.ts'

/** Two minutes of samples say where demand is; it will still be there. Never wrong-footed by a level shift. */
export const persistence: Model = {
  id: 'persistence',
  fit: (_history, untilStep, leadSteps) => ({
    modelId: 'persistence',
    leadSteps,
    untilStep,
    weights: new Float64Array(0),
  }),
  predict: (_fitted, history, nowStep) =>
    meanBack(history, nowStep, Math.max(1, Math.round(120 / history.stepSeconds))),
}
