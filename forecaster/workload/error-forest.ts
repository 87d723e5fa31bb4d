import { type Distribution, inReplicas } from '../distribution/distribution.ts'
import {
  exceedTarget,
  type Forest,
  fitForest,
  forestShares,
  targetAt,
} from '../distribution/forest/forest.ts'
import { forestFeatures } from '../distribution/forest/forest-features.ts'
import type { Fitted } from '../models/model.ts'
import { type History, newestStep, valueAt } from '../series/history.ts'
import { askCentre, type ModelLookup } from './ask-model.ts'

const TRAIN_DAYS = 7

/**
 * Slots from before the first fit get that fit's own values for what had been forecast: else two days
 * would pass before the first error is seen.
 */
export function backfillCentres(
  history: History,
  fitted: Fitted,
  untilStep: number,
  lookup: ModelLookup,
): void {
  for (let step = history.firstStep + fitted.leadSteps; step < untilStep; step++) {
    const index = step - history.firstStep
    if (!Number.isNaN(history.centre[index])) continue
    history.centre[index] = askCentre(lookup, fitted, history, step - fitted.leadSteps).centre
  }
}

/**
 * Learns what errors of the centre followed rows like these, on a week of slots before `untilStep`.
 *
 * @returns null when there is less than a day of them
 */
export function trainErrorForest(
  history: History,
  untilStep: number,
  horizonSteps: number,
  capacityPerReplica: number,
): Forest | null {
  const day = history.stepsPerDay
  // The first day has no yesterday to look at.
  const first = Math.max(history.firstStep + day, untilStep - TRAIN_DAYS * day)
  const rows = untilStep - first
  if (rows <= 0) return null
  const errors = Float64Array.from({ length: rows }, (_, r) => errorOf(history, first + r))
  const usable = Int32Array.from(errors.keys()).filter((r) => !Number.isNaN(errors[r]))
  if (usable.length < day) return null
  const features = forestFeatures(history, first, untilStep - 1, horizonSteps)
  const targets = errors.map((error) => error / capacityPerReplica)
  return fitForest({ features, targets, rows, usable }, untilStep)
}

/** Demand in the slot `horizonSteps` after the newest: the centre and what errors followed such rows. */
export function demandByForest(
  forest: Forest,
  history: History,
  centre: number,
  horizonSteps: number,
  capacityPerReplica: number,
): Distribution {
  const target = newestStep(history) + horizonSteps
  const row = forestFeatures(history, target, target, horizonSteps)
  const above = forestShares(forest, row)
  return inReplicas(
    capacityPerReplica,
    (demand) => exceedTarget(forest, above, (demand - centre) / capacityPerReplica),
    (probability) => centre + capacityPerReplica * targetAt(forest, above, 1 - probability),
  )
}

function errorOf(history: History, step: number): number {
  return valueAt(history, step) - (history.centre[step - history.firstStep] ?? NaN)
}
