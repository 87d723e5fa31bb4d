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
import { modelOf } from '../models/registry.ts'
import {
  createHistory,
  type History,
  meanBack,
  newestStep,
  rememberCentre,
  rememberedFrom,
  valueAt,
} from '../series/history.ts'
import { askCentre, askFit, type ModelFailure, type ModelLookup } from './ask-model.ts'
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
  /** Members that the newest fits or the forecast after the newest sample do without. */
  failed: ModelFailure[]
}

interface Member extends MemberKind {
  fitted: Fitted | null
  /** How large its errors are; null where a forest learns that. */
  calibration: Calibration | null
  /** The forecast made after the newest sample, and the scale of its error; NaN where there is none. */
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

/** Seven days to fit on, and two before the oldest rows. */
const SEEN_BY_A_FIT_DAYS = 9
/** Days of samples remembered: a fit may be computed six hours late and must still find all its rows. */
const HISTORY_DAYS = SEEN_BY_A_FIT_DAYS + 0.25

/** Which models look ahead, and how much each counts. */
export type Mixture = readonly MemberKind[]

export interface MemberKind {
  modelId: string
  /** Share in the mixture, before members without a forecast are left out. */
  weight: number
  /** forest: errors learned from what preceded them. scaled: from their size alone. */
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
    failed: [],
    members: models.map((kind) => ({
      ...kind,
      fitted: null,
      calibration:
        kind.errors === 'forest'
          ? null
          : createCalibration(stepSeconds, history.stepsPerDay, horizonSteps),
      centre: NaN,
      scale: NaN,
    })),
  }
}

/** What a fit learned: plain data that crosses to and from a worker. */
export interface Fits {
  models: Fitted[]
  forest: Forest | null
  failed: ModelFailure[]
}

/** Fits on the slots before `untilStep`; models that cannot fit yet are left out, those that fail are named. */
export function fitOutlook(
  outlook: Outlook,
  untilStep: number,
  lookup: ModelLookup = modelOf,
): Fits {
  const { horizonSteps, capacityPerReplica } = outlook
  // A fit that is computed late sees what an early one saw, and so learns the same.
  const from = untilStep - SEEN_BY_A_FIT_DAYS * outlook.history.stepsPerDay
  const history = rememberedFrom(outlook.history, from)
  const fits: Fits = { models: [], forest: null, failed: [] }
  for (const { modelId, errors } of outlook.members) {
    const { fitted, why } = askFit(lookup, modelId, history, untilStep, horizonSteps)
    if (why !== null) fits.failed.push({ modelId, at: 'fit', why })
    if (fitted === null) continue
    fits.models.push(fitted)
    if (errors === 'scaled') continue
    const backfilled = { ...history, centre: history.centre.slice() }
    backfillCentres(backfilled, fitted, untilStep, lookup)
    fits.forest = trainErrorForest(backfilled, untilStep, horizonSteps, capacityPerReplica)
  }
  return fits
}

/** Puts new fits in force from the next forecast on; what was not fitted anew stays as it was. */
export function adoptFits(
  outlook: Outlook,
  { models, forest, failed }: Fits,
  lookup: ModelLookup = modelOf,
): void {
  for (const member of outlook.members) {
    const fitted = models.find(({ modelId }) => modelId === member.modelId)
    if (fitted === undefined) continue
    member.fitted = fitted
    if (member.errors === 'forest') {
      backfillCentres(outlook.history, fitted, fitted.untilStep, lookup)
    }
  }
  outlook.forest = forest ?? outlook.forest
  told.delete(outlook)
  outlook.failed = failed
}

/** The newest slot of the history closed: learn from it and look ahead anew. */
export function advanceOutlook(outlook: Outlook, lookup: ModelLookup = modelOf): void {
  const { history, horizonSteps } = outlook
  told.delete(outlook)
  const now = newestStep(history)
  const value = valueAt(history, now)
  const longMean = meanBack(history, now, 2 * history.stepsPerDay)
  const scaleFloor = Math.max(0.02 * longMean, 0.01 * outlook.capacityPerReplica)
  outlook.failed = outlook.failed.filter(({ at }) => at === 'fit')
  for (const member of outlook.members) {
    const { fitted, modelId, calibration } = member
    if (calibration !== null) observeOutcome(calibration, now, value)
    const said = fitted === null ? null : askCentre(lookup, fitted, history, now)
    if (said !== null && said.why !== null) {
      outlook.failed.push({ modelId, at: 'forecast', why: said.why })
    }
    const centre = said?.centre ?? NaN
    member.centre = centre
    member.scale =
      calibration === null || Number.isNaN(centre)
        ? NaN
        : expectError(calibration, now + horizonSteps, centre, scaleFloor)
    if (member.errors === 'forest') rememberCentre(history, now + horizonSteps, centre)
  }
}

/** What demand may be `horizonSteps` after the newest sample; null where no member can say. */
export interface LookAhead {
  law: Distribution
  /** By the member that only carries the present on; null when it cannot say. */
  persistence: Distribution | null
  /** Whether every member had its say. */
  whole: boolean
}

/** What was told of an outlook since it last changed: the virtual runs ask, and the real one after them. */
const told = new WeakMap<Outlook, LookAhead | null>()

export function lookAhead(outlook: Outlook): LookAhead | null {
  const known = told.get(outlook)
  if (known !== undefined) return known
  const ahead = lookAheadAnew(outlook)
  told.set(outlook, ahead)
  return ahead
}

function lookAheadAnew(outlook: Outlook): LookAhead | null {
  const parts = outlook.members.flatMap((member) => {
    const part = Number.isNaN(member.centre) ? null : demandBy(outlook, member)
    return part === null ? [] : [{ modelId: member.modelId, weight: member.weight, part }]
  })
  if (parts.length === 0) return null
  const persistence = parts.find(({ modelId }) => modelId === 'persistence')?.part ?? null
  return { law: mixture(parts), persistence, whole: parts.length === outlook.members.length }
}

function demandBy(outlook: Outlook, member: Member): Distribution | null {
  const { history, capacityPerReplica, horizonSteps, forest } = outlook
  const { centre, scale, calibration } = member
  if (calibration === null) {
    return forest === null
      ? null
      : demandByForest(forest, history, centre, horizonSteps, capacityPerReplica)
  }
  if (!(scale > 0) || !isCalibrated(calibration)) return null
  return inReplicas(
    capacityPerReplica,
    (demand) => exceedanceAt(calibration.quantiles, (demand - centre) / scale),
    (probability) => centre + scale * scoreAt(calibration.quantiles, 1 - probability),
  )
}
