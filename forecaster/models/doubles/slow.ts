import type { Model } from '../model.ts'

/** Says what `model` says, after `rounds` of work for each answer: it holds its thread, not a timer. */
export function slowModel(model: Model, rounds: number): Model {
  const id = `slow-${model.id}`
  return {
    id,
    fit(history, untilStep, leadSteps) {
      work(rounds)
      const fitted = model.fit(history, untilStep, leadSteps)
      return fitted && { ...fitted, modelId: id }
    },
    predict(fitted, history, nowStep) {
      work(rounds)
      return model.predict(fitted, history, nowStep)
    },
  }
}

function work(rounds: number): void {
  let sum = 0
  for (let round = 0; round < rounds; round++) sum += Math.sqrt(round)
  // Read, so that it is not optimised away.
  if (Number.isNaN(sum)) throw new RangeError('not reached')
}
