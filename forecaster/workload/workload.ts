import type { Actuation } from '../actuation/actuation.ts'
import { type DayAhead, fitDayAhead } from '../day-ahead/day-ahead.ts'
import { hold, proceed } from '../decide/course.ts'
import type { DecideInput, Decision } from '../decide/decide.ts'
import type { Distribution } from '../distribution/distribution.ts'
import type { Plan, PlannedNeed, Risk } from '../plans/plan.ts'
import { pricePlan } from '../plans/price.ts'
import { quantilePlan } from '../plans/quantile.ts'
import { sanityBound } from '../plans/sanity.ts'
import { currentNeed } from '../reactive/current-need.ts'
import type { Choice } from '../selection/choice.ts'
import {
  choose,
  createSelection,
  decideVirtually,
  liveVirtually,
  reactionHoldSteps,
  type Selection,
} from '../selection/selection.ts'
import { createTally } from '../selection/tally.ts'
import { createVirtualRun, liveSlot, type VirtualRun } from '../selection/virtual-run.ts'
import { appendSample, newestStep, valueAt } from '../series/history.ts'
import { plannedFor } from './day-plan.ts'
import { fitUntilStep, newestCut } from './fit-schedule.ts'
import {
  adoptFits,
  advanceOutlook,
  createOutlook,
  type Fits,
  fitOutlook,
  LEAD_MIXTURE,
  type LookAhead,
  lookAhead,
  type Outlook,
  type OutlookSettings,
} from './outlook.ts'

/**
 * One workload from Foresail's side: closed slots go in, decisions come out. The controller feeds it
 * from Prometheus, the backtest from a recording. What else a decision may know, its
 * {@link Surroundings}, depends on who writes replicas: with an HPA beneath, the HPA reacts; alone,
 * Foresail does.
 */
export interface Workload {
  /** What lies one lead ahead. */
  outlook: Outlook
  /** What lies up to a day ahead; null before the first fit on two days. */
  dayAhead: DayAhead | null
  /** Slots from asking for a replica until it is Ready. */
  leadSteps: number
  /** Which price is followed, and whether predicting pays: from its own past. */
  selection: Selection
  /** The decisions really made, with the pods that should have come of them. */
  own: VirtualRun
  /** Slots over which a need from the forecast is held. */
  holdSteps: number
  /** Replicas that the busy hours need: the scale of the prices. */
  peakReplicas: number
  /** The highest demand lived through, in replicas; 0 before the first sample. */
  highestNeed: number
  /** Up to where the fits in force have learned, exclusive; -1 before the first. */
  fittedUntil: number
}

export interface WorkloadSettings extends Omit<OutlookSettings, 'horizonSteps'> {
  leadSteps: number
  /** Slots over which a plan's largest need is held, at least 1. */
  holdSteps: number
  risk: Risk
  /** Replicas that the busy hours need: the scale of a price. */
  peakReplicas: number
  actuation: Actuation
}

export function createWorkload(settings: WorkloadSettings): Workload {
  const { leadSteps, capacityPerReplica, stepSeconds, holdSteps, actuation } = settings
  // The newest sample is of the slot before the decision.
  const outlook = createOutlook({ ...settings, horizonSteps: leadSteps + 1 }, LEAD_MIXTURE)
  const { stepsPerDay } = outlook.history
  const world = { actuation, capacityPerReplica, leadSteps, stepSeconds, stepsPerDay }
  return {
    outlook,
    dayAhead: null,
    leadSteps,
    selection: createSelection({ ...settings, world }),
    // Remembers needs for the longer of the two holds: either may lead.
    own: createVirtualRun(reactionHoldSteps(holdSteps, stepSeconds)),
    holdSteps,
    peakReplicas: settings.peakReplicas,
    highestNeed: 0,
    fittedUntil: -1,
  }
}

/** What a decision was made from. */
export interface Deliberation {
  /** Absolute step of the slot decided. */
  step: number
  /** Demand in slot step + lead; null when no forecast is to be had. */
  demandAhead: Distribution | null
  planned: PlannedNeed | null
  /** What its own past says it should follow. */
  choice: Choice
  /** Whether the forecast leads, from a fresh and whole sample: only then is the guard raised. */
  trusted: boolean
  decision: Decision
}

/**
 * Asked before a slot is observed: up to where (exclusive) the fits must have learned that are in force
 * at the decision after it. Null while those in force are the right ones.
 */
export function dueFit(workload: Workload): number | null {
  const { history } = workload.outlook
  const until = fitUntilStep(newestStep(history) + 2, history.stepSeconds)
  return until > workload.fittedUntil && until > history.firstStep ? until : null
}

/**
 * Up to where (exclusive) the next fit will have learned, once all that it learns from is known: it may be
 * computed from then on, and is due only later. Null while the next one lacks data.
 */
export function comingFit(workload: Workload): number | null {
  const { history } = workload.outlook
  const until = newestCut(newestStep(history) + 1, history.stepSeconds)
  return until > workload.fittedUntil && until > history.firstStep ? until : null
}

/** What one workload's fits learned: plain data that crosses to and from a worker. */
export interface WorkloadFits extends Fits {
  /** null while less than two days are known. */
  dayAhead: DayAhead | null
}

/** The due fits, without putting them in force: what a worker computes. */
export function computeFits(
  { outlook }: Pick<Workload, 'outlook'>,
  untilStep: number,
): WorkloadFits {
  const dayAhead = fitDayAhead(outlook.history, untilStep, outlook.capacityPerReplica)
  return { ...fitOutlook(outlook, untilStep), dayAhead }
}

/** Puts fits in force from the next closed slot on. */
export function adopt(workload: Workload, fits: WorkloadFits, untilStep: number): void {
  adoptFits(workload.outlook, fits)
  workload.dayAhead = fits.dayAhead ?? workload.dayAhead
  workload.fittedUntil = untilStep
}

/**
 * From here on decisions are acted upon, and what comes of them counts towards the budget: what was lived
 * through before was a rehearsal.
 */
export function beginRecord(workload: Workload): void {
  workload.own.tally = createTally()
}

/** The bounds in force. */
export type Limits = Pick<DecideInput, 'minReplicas' | 'maxReplicas'>

/** The next slot closed with this demand; NaN when nothing is known of it. */
export function observe(workload: Workload, value: number, limits: Limits): void {
  observeTogether(workload.outlook, [workload], value, limits)
}

/** {@link observe} for workloads of one outlook that differ in what they do with it: a sweep over risks. */
export function observeTogether(
  outlook: Outlook,
  workloads: readonly Workload[],
  value: number,
  limits: Limits,
): void {
  const { history } = outlook
  const step = newestStep(history) + 1
  const slot = { ...limits, step, value, valueBefore: valueAt(history, step - 1) }
  for (const { selection, own } of workloads) {
    liveVirtually(selection, slot)
    liveSlot(own, selection.world, slot)
  }
  appendSample(history, value)
  advanceOutlook(outlook)
  const needReplicas = value / outlook.capacityPerReplica
  const view = {
    ...limits,
    ahead: lookAhead(outlook),
    fresh: !Number.isNaN(value),
    need: currentNeed(needReplicas),
  }
  const hourly = step % Math.max(1, Math.round(history.stepsPerDay / 24)) === 0
  for (const workload of workloads) {
    const { selection, own } = workload
    if (needReplicas > workload.highestNeed) workload.highestNeed = needReplicas
    decideVirtually(selection, view)
    if (hourly) choose(selection, own)
  }
}

/** What the caller knows beside the forecast. */
export interface Surroundings extends Limits, Pick<DecideInput, 'reactive'> {
  /** How many times the usual demand a known event brings to slot step + lead; 1 where left out. */
  demandFactor?: number
}

/**
 * Decides slot `step`: replicas asked for now are Ready a lead later.
 *
 * @param step the slot after the newest sample, or a later one while samples are missing
 */
export function deliberate(
  workload: Workload,
  around: Surroundings,
  step: number = newestStep(workload.outlook.history) + 1,
): Deliberation {
  const { outlook, selection, own } = workload
  const { choice } = selection
  const current = step === newestStep(outlook.history) + 1
  const ahead = current ? lookAhead(outlook) : null
  const demand = followed(selection, ahead)
  const planned = demand === null ? null : planInForce(selection)(demand, around.maxReplicas)
  const fresh = current && !Number.isNaN(valueAt(outlook.history, step - 1))
  const { reactive, minReplicas, maxReplicas, demandFactor = 1 } = around
  const decision = proceed(own.course, {
    ...{ reactive, minReplicas, maxReplicas, fresh },
    predicted: predictedNeed(workload, planned, step, around),
    sanityBound: sanityBound(workload.highestNeed, demandFactor),
  })
  own.trusted = fresh && planned !== null && choice.leads === 'forecast'
  const { trusted } = own
  return { step, demandAhead: ahead?.law ?? null, planned, choice, trusted, decision }
}

function predictedNeed(
  workload: Workload,
  planned: PlannedNeed | null,
  step: number,
  { maxReplicas, demandFactor = 1 }: Surroundings,
): DecideInput['predicted'] {
  const { selection, own, holdSteps } = workload
  if (!followsForecast(selection)) return { kind: 'absent', why: 'NotPredictable' }
  if (planned !== null) {
    const forecastLeads = selection.choice.leads === 'forecast'
    return hold(
      own.course,
      raised(planned.replicas, demandFactor),
      forecastLeads ? holdSteps : undefined,
    )
  }
  // Without a forecast the day-ahead plan stands in, where it reaches (architecture: Doubt).
  const { dayAhead, leadSteps } = workload
  const replicas = plannedFor(dayAhead, step + leadSteps, planInForce(selection), maxReplicas)
  return replicas === null
    ? { kind: 'absent', why: 'NoForecast' }
    : { kind: 'known', replicas: raised(replicas, demandFactor) }
}

/** A need as it is where an event multiplies demand. */
export function raised(replicas: number, demandFactor: number): number {
  return demandFactor === 1 ? replicas : Math.ceil(replicas * demandFactor)
}

/** The distribution that is planned on: the law's, or where reacting is cheaper, persistence's alone. */
function followed(selection: Selection, ahead: LookAhead | null): Distribution | null {
  if (ahead === null) return null
  return selection.choice.leads === 'forecast' ? ahead.law : (ahead.persistence ?? ahead.law)
}

/** Where reacting is cheaper and an HPA stands beneath, that HPA does it with the user's own settings. */
export function followsForecast({ choice, world }: Selection): boolean {
  return choice.leads === 'forecast' || world.actuation.kind !== 'hpa'
}

/** The plan that its own past says it should follow. */
export function planInForce({ risk, choice }: Selection): Plan {
  return risk.kind === 'quantile' ? quantilePlan(risk.probability) : pricePlan(choice.price)
}
