import type { Model } from '../model.ts'

/** Says the same of every slot, also of one whose samples are missing. */
export function constantModel(centre: number, id = 'constant'): Model {
  return {
    id,
    fit: (_history, untilStep, leadSteps) => ({
      modelId: id,
      leadSteps,
      untilStep,
      weights: new Float64Array(0),
    }),
    predict: () => centre,
  }
}
