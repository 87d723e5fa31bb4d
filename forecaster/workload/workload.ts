import { type DayAhead, fitDayAhead } from '../day-ahead/day-ahead.ts'
import { type DecideInput, type Decision, decide } from '../decide/decide.ts'
import type { Distribution } from '../distribution/distribution.ts'
import type { Plan, PlannedNeed } from '../plans/plan.ts'
import { appendSample, newestStep, valueAt } from '../series/history.ts'
import { plannedFor } from './day-plan.ts'
import { fitUntilStep } from './fit-schedule.ts'
import {
  adoptFits,
  advanceOutlook,
  createOutlook,
  type Fits,
  fitOutlook,
  LEAD_MIXTURE,
  lookAhead,
  type Outlook,
  type OutlookSettings,
} from './outlook.ts'

/**
 * One workload from Foresail's side: closed slots go in, decisions come out. The controller feeds it
 * from Prometheus, the backtest from a recording. What else a decision may know, its {@link Surroundings}, depends on who writes
 * replicas: with an HPA beneath, the HPA reacts; alone, Foresail does.
 */
export interface Workload {
  /** What lies one lead ahead. */
  outlook: Outlook
  /** What lies up to a day ahead; null before the first fit on two days. */
  dayAhead: DayAhead | null
  /** Slots from asking for a replica until it is Ready. */
  leadSteps: number
  /** Needs planned at the newest decisions, as a ring: their largest is held. */
  planned: Float64Array
  plannedCount: number
  /** Up to where the fits in force have learned, exclusive; -1 before the first. */
  fittedUntil: number
  standing: number | null
}

export interface WorkloadSettings extends Omit<OutlookSettings, 'horizonSteps'> {
  leadSteps: number
  /** Slots over which a plan's largest need is held, at least 1. */
  holdSteps: number
}

export function createWorkload(settings: WorkloadSettings): Workload {
  const { leadSteps } = settings
  // The newest sample is of the slot before the decision.
  const outlook = createOutlook({ ...settings, horizonSteps: leadSteps + 1 }, LEAD_MIXTURE)
  return {
    outlook,
    dayAhead: null,
    leadSteps,
    planned: new Float64Array(settings.holdSteps),
    plannedCount: 0,
    fittedUntil: -1,
    standing: null,
  }
}

/** What a decision was made from. */
export interface Deliberation {
  /** Absolute step of the slot decided. */
  step: number
  /** Demand in slot step + lead; null when no forecast is to be had. */
  demandAhead: Distribution | null
  planned: PlannedNeed | null
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

/** The next slot closed with this demand; NaN when nothing is known of it. */
export function observe(workload: Workload, value: number): void {
  appendSample(workload.outlook.history, value)
  advanceOutlook(workload.outlook)
}

/** What the caller knows beside the forecast. */
export type Surroundings = Pick<DecideInput, 'reactive' | 'minReplicas' | 'maxReplicas'>

/**
 * Decides slot `step`: replicas asked for now are Ready a lead later.
 *
 * @param step the slot after the newest sample, or a later one while samples are missing
 */
export function deliberate(
  workload: Workload,
  plan: Plan,
  around: Surroundings,
  step: number = newestStep(workload.outlook.history) + 1,
): Deliberation {
  const { outlook } = workload
  const current = step === newestStep(outlook.history) + 1
  const demandAhead = current ? lookAhead(outlook) : null
  const planned = demandAhead === null ? null : plan(demandAhead, around.maxReplicas)
  const decision = decide({
    predicted:
      planned === null
        ? fromDayPlan(workload, step, plan, around.maxReplicas)
        : held(workload, planned.replicas),
    reactive: around.reactive,
    fresh: current && !Number.isNaN(valueAt(outlook.history, step - 1)),
    standing: workload.standing,
    minReplicas: around.minReplicas,
    maxReplicas: around.maxReplicas,
  })
  workload.standing = decision.replicas
  return { step, demandAhead, planned, decision }
}

/** The largest need planned over the hold. A slot without a forecast leaves the ring as it is. */
function held(workload: Workload, replicas: number): DecideInput['predicted'] {
  const { planned } = workload
  planned[workload.plannedCount++ % planned.length] = replicas
  return { kind: 'known', replicas: planned.reduce((most, need) => Math.max(most, need), 0) }
}

/** Without a forecast the day-ahead plan stands in, where it reaches (architecture: Doubt). */
function fromDayPlan(
  { dayAhead, leadSteps }: Workload,
  step: number,
  plan: Plan,
  maxReplicas: number,
): DecideInput['predicted'] {
  const replicas = plannedFor(dayAhead, step + leadSteps, plan, maxReplicas)
  return replicas === null ? { kind: 'absent', why: 'NoForecast' } : { kind: 'known', replicas }
}
