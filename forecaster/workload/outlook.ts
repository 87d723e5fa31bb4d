import {
  type Calibration,
  createCalibration,
  expectError,
  isCalibrated,
  observeOutcome,
} from '../distribution/calibration.ts'
import { type Distribution, inReplicas, mixture } from '../distribution/distribution.ts'
import type { Forest } from '../distribution/forest/forest.ts'
import { exceedanceAt, scoreAt } from '../distribution/tail.ts'
import type { Fitted } from '../models/model.ts'
import { modelOf, predictCentre } from '../models/registry.ts'
import {
  createHistory,
  type History,
  meanBack,
  newestStep,
  rememberCentre,
  valueAt,
} from '../series/history.ts'
import { backfillCentres, demandByForest, trainErrorForest } from './error-forest.ts'

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
  /** What errors follow what, for the member that has them from a forest; null before the first fit. */
  forest: Forest | null
}

interface Member extends MemberKind {
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
export type Mixture = readonly MemberKind[]

export interface MemberKind {
  modelId: string
  /** Share in the mixture, before members without a forecast are left out. */
  weight: number
  /** forest: errors learned from what preceded them, where rows suffice. scaled: from their size alone. */
  errors: 'forest' | 'scaled'
}

/** The law at the lead. Shares measured on public traces: persistence saves it after a level shift. */
export const LEAD_MIXTURE: Mixture = [
  { modelId: 'ridge', weight: 0.75, errors: 'forest' },
  { modelId: 'persistence', weight: 0.25, errors: 'scaled' },
]

export function createOutlook(settings: OutlookSettings, models: Mixture): Outlook {
  const { stepSeconds, firstStep, horizonSteps } = settings
  const history = createHistory(stepSeconds, firstStep, HISTORY_DAYS)
  return {
    history,
    capacityPerReplica: settings.capacityPerReplica,
    horizonSteps,
    forest: null,
    members: models.map((kind) => ({
      ...kind,
      fitted: null,
      calibration: createCalibration(stepSeconds, history.stepsPerDay, horizonSteps),
      centre: NaN,
      scale: NaN,
    })),
  }
}

/** What a fit learned: plain data that crosses to and from a worker. */
export interface Fits {
  models: Fitted[]
  forest: Forest | null
}

/** Fits on the slots before `untilStep`; models that cannot fit yet are left out. */
export function fitOutlook(outlook: Outlook, untilStep: number): Fits {
  const { history, horizonSteps, capacityPerReplica } = outlook
  const fits: Fits = { models: [], forest: null }
  for (const { modelId, errors } of outlook.members) {
    const fitted = modelOf(modelId).fit(history, untilStep, horizonSteps)
    if (fitted === null) continue
    fits.models.push(fitted)
    if (errors === 'scaled') continue
    const backfilled = { ...history, centre: history.centre.slice() }
    backfillCentres(backfilled, fitted, untilStep)
    fits.forest = trainErrorForest(backfilled, untilStep, horizonSteps, capacityPerReplica)
  }
  return fits
}

/** Puts new fits in force from the next forecast on; what was not fitted anew stays as it was. */
export function adoptFits(outlook: Outlook, { models, forest }: Fits): void {
  for (const member of outlook.members) {
    const fitted = models.find(({ modelId }) => modelId === member.modelId)
    if (fitted === undefined) continue
    member.fitted = fitted
    if (member.errors === 'forest') backfillCentres(outlook.history, fitted, fitted.untilStep)
  }
  outlook.forest = forest ?? outlook.forest
}

/** The newest slot of the history closed: learn from it and look ahead anew. */
export function advanceOutlook(outlook: Outlook): void {
  const { history, horizonSteps } = outlook
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
      : expectError(member.calibration, now + horizonSteps, centre, scaleFloor)
    if (member.errors === 'forest') rememberCentre(history, now + horizonSteps, centre)
  }
}

/** What demand may be `horizonSteps` after the newest sample; null when no member can say. */
export function lookAhead(outlook: Outlook): Distribution | null {
  const parts = outlook.members.flatMap((member) => {
    const part = Number.isNaN(member.centre) ? null : demandBy(outlook, member)
    return part === null ? [] : [{ weight: member.weight, part }]
  })
  return parts.length === 0 ? null : mixture(parts)
}

function demandBy(outlook: Outlook, member: Member): Distribution | null {
  const { history, capacityPerReplica, horizonSteps, forest } = outlook
  const { centre, scale, calibration } = member
  if (member.errors === 'forest' && forest !== null) {
    return demandByForest(forest, history, centre, horizonSteps, capacityPerReplica)
  }
  if (!(scale > 0) || !isCalibrated(calibration)) return null
  return inReplicas(
    capacityPerReplica,
    (demand) => exceedanceAt(calibration.quantiles, (demand - centre) / scale),
    (probability) => centre + scale * scoreAt(calibration.quantiles, 1 - probability),
  )
}
