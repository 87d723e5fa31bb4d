import type { Fitted, Model } from '../models/model.ts'
import { type History, valueAt } from '../series/history.ts'

/** A model left out, where, and why: in words for a person. */
export interface ModelFailure {
  modelId: string
  at: 'fit' | 'forecast'
  why: string
}

/** The model of an id; throws for one that is not known. */
export type ModelLookup = (id: string) => Model

/** A fit, or why it failed. Both null while the history is too short. */
export function askFit(
  lookup: ModelLookup,
  modelId: string,
  history: History,
  untilStep: number,
  horizonSteps: number,
): { fitted: Fitted | null; why: string | null } {
  try {
    const fitted = lookup(modelId).fit(history, untilStep, horizonSteps)
    if (fitted === null || fitted.weights.every(Number.isFinite)) return { fitted, why: null }
    return { fitted: null, why: 'learned a weight that is no number' }
  } catch (error) {
    return { fitted: null, why: messageOf(error) }
  }
}

/** A forecast, NaN where there is none, and why it failed. A sample that is missing is no failure. */
export function askCentre(
  lookup: ModelLookup,
  fitted: Fitted,
  history: History,
  nowStep: number,
): { centre: number; why: string | null } {
  try {
    const centre = lookup(fitted.modelId).predict(fitted, history, nowStep)
    if (Number.isFinite(centre)) return { centre, why: null }
    const excused = Number.isNaN(centre) && Number.isNaN(valueAt(history, nowStep))
    return { centre: NaN, why: excused ? null : `said ${centre}` }
  } catch (error) {
    return { centre: NaN, why: messageOf(error) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
