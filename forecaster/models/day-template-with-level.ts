import { type History, meanBack, valueAt } from '../series/history.ts'
import { dayTemplateAt } from './day-template.ts'
import type { Model } from './model.ts'

const ID = 'day-template-with-level'
const FIT_DAYS = 7
const MINIMUM_ROWS_DAYS = 1

/**
 * The day's template, shifted by as much of demand's present distance from it as is usually still there
 * one lead later: that share is all it learns.
 */
export const dayTemplateWithLevel: Model = {
  id: ID,

  fit(history, untilStep, leadSteps) {
    const first = Math.max(
      history.firstStep + leadSteps,
      untilStep - FIT_DAYS * history.stepsPerDay,
    )
    let products = 0
    let squares = 0
    let rows = 0
    for (let target = first; target < untilStep; target++) {
      const before = distanceNow(history, target - leadSteps)
      const after = valueAt(history, target) - dayTemplateAt(history, target)
      if (Number.isNaN(before + after)) continue
      products += before * after
      squares += before * before
      rows++
    }
    if (rows < MINIMUM_ROWS_DAYS * history.stepsPerDay) return null
    // Never more than all of it, never against it. Where demand never left the template, it may stay where it is.
    const kept = squares === 0 ? 1 : Math.min(1, Math.max(0, products / squares))
    return { modelId: ID, leadSteps, untilStep, weights: Float64Array.of(kept) }
  },

  predict({ leadSteps, weights }, history, nowStep) {
    const kept = weights[0] ?? NaN
    const centre =
      dayTemplateAt(history, nowStep + leadSteps) + kept * distanceNow(history, nowStep)
    return Math.max(0, centre)
  },
}

/** How far the last three minutes lie from the template. */
function distanceNow(history: History, nowStep: number): number {
  const slots = Math.max(1, Math.round(180 / history.stepSeconds))
  return meanBack(history, nowStep, slots) - dayTemplateAt(history, nowStep)
}
