import {
  type Calibration,
  createCalibration,
  expectError,
  isCalibrated,
  observeOutcome,
} from '../distribution/calibration.ts'
import { type Distribution, inReplicas, mixture } from '../distribution/distribution.ts'
import { exceedanceAt, scoreAt } from '../distribution/tail.ts'
import type { Fitted } from '../models/model.ts'
import { modelOf, predictCentre } from '../models/registry.ts'
import { createHistory, type History, meanBack, newestStep, valueAt } from '../series/history.ts'

/**
 * What is known of one workload's future at one lead: its history, the fitted models, and how well
 * each did so far. Plain data, advanced one closed slot at a time.
 */
export interface Outlook {
  history: History
  capacityPerReplica: number
  /** Slots from the newest sample to the slot forecast. */
  horizonSteps: number
  members: Member[]
}

interface Member {
  modelId: string
  /** Share in the mixture, before members without a forecast are left out. */
  weight: number
  fitted: Fitted | null
  calibration: Calibration
  /** The forecast made after the newest sample; NaN where the model had none. */
  centre: number
  scale: number
}

export interface OutlookSettings {
  stepSeconds: number
  /** Absolute step of the first sample to come. */
  firstStep: number
  capacityPerReplica: number
  horizonSteps: number
}

/**
 * Days of samples remembered: seven to fit on, one for the oldest rows' yesterday, one because a fit
 * may be computed six hours late and must still find all its rows.
 */
const HISTORY_DAYS = 9

/** Which models look ahead, and how much each counts. */
export type Mixture = readonly { modelId: string; weight: number }[]

/** The law at the lead. Shares measured on public traces: persistence saves it after a level shift. */
export const LEAD_MIXTURE: Mixture = [
  { modelId: 'ridge', weight: 0.75 },
  { modelId: 'persistence', weight: 0.25 },
]

export function createOutlook(
  settings: OutlookSettings,
  models: Mixture,
  history: History = createHistory(settings.stepSeconds, settings.firstStep, HISTORY_DAYS),
): Outlook {
  const { stepSeconds, horizonSteps } = settings
  return {
    history,
    capacityPerReplica: settings.capacityPerReplica,
    horizonSteps,
    members: models.map(({ modelId, weight }) => ({
      modelId,
      weight,
      fitted: null,
      calibration: createCalibration(stepSeconds, history.stepsPerDay, horizonSteps),
      centre: NaN,
      scale: NaN,
    })),
  }
}

/** Every model's fit on the slots before `untilStep`; models that cannot fit yet are left out. */
export function fitModels(
  history: History,
  untilStep: number,
  horizonSteps: number,
  models: Mixture,
): Fitted[] {
  return models.flatMap(
    ({ modelId }) => modelOf(modelId).fit(history, untilStep, horizonSteps) ?? [],
  )
}

/** Puts new fits in force from the next forecast on; a member without a new fit keeps its old one. */
export function adoptFits(outlook: Outlook, fits: readonly Fitted[]): void {
  for (const member of outlook.members) {
    const fitted = fits.find(({ modelId }) => modelId === member.modelId)
    if (fitted !== undefined) member.fitted = fitted
  }
}

/** The newest slot of the history closed: learn from it and look ahead anew. */
export function advanceOutlook(outlook: Outlook): void {
  const { history } = outlook
  const now = newestStep(history)
  const value = valueAt(history, now)
  const longMean = meanBack(history, now, 2 * history.stepsPerDay)
  const scaleFloor = Math.max(0.02 * longMean, 0.01 * outlook.capacityPerReplica)
  for (const member of outlook.members) {
    observeOutcome(member.calibration, now, value)
    const centre = member.fitted === null ? NaN : predictCentre(member.fitted, history, now)
    member.centre = centre
    member.scale = Number.isNaN(centre)
      ? NaN
      : expectError(member.calibration, now + outlook.horizonSteps, centre, scaleFloor)
  }
}

/** What demand may be `horizonSteps` after the newest sample; null when no member can say. */
export function lookAhead(outlook: Outlook): Distribution | null {
  const parts = outlook.members.flatMap((member) => {
    const { centre, scale, calibration, weight } = member
    if (Number.isNaN(centre) || !(scale > 0) || !isCalibrated(calibration)) return []
    const part = inReplicas(
      outlook.capacityPerReplica,
      (demand) => exceedanceAt(calibration.quantiles, (demand - centre) / scale),
      (probability) => centre + scale * scoreAt(calibration.quantiles, 1 - probability),
    )
    return [{ weight, part }]
  })
  return parts.length === 0 ? null : mixture(parts)
}
