import { type DecideInput, type Decision, decide } from '../decide/decide.ts'
import type { Distribution } from '../distribution/distribution.ts'
import type { Plan, PlannedNeed } from '../plans/plan.ts'
import { newestStep, valueAt } from '../series/history.ts'
import { fitUntilStep } from './fit-schedule.ts'
import {
  adoptFits,
  advanceOutlook,
  createOutlook,
  fitMembers,
  lookAhead,
  type Outlook,
  type OutlookSettings,
} from './outlook.ts'

/**
 * One workload from Foresail's side: closed slots go in, decisions come out. The controller feeds it
 * from Prometheus, the backtest from a recording; neither adds anything to what it decides.
 */
export interface Workload {
  outlook: Outlook
  /** Needs planned at the newest decisions, as a ring: their largest is held. */
  planned: Float64Array
  decisions: number
  /** Up to where the fits in force have learned. */
  fittedUntil: number
  standing: number | null
}

export interface WorkloadSettings extends OutlookSettings {
  /** Slots over which a plan's largest need is held, at least 1. */
  holdSteps: number
}

export function createWorkload(settings: WorkloadSettings): Workload {
  return {
    outlook: createOutlook(settings),
    planned: new Float64Array(settings.holdSteps),
    decisions: 0,
    fittedUntil: -Infinity,
    standing: null,
  }
}

/** What the decision at the slot after the newest sample was made from. */
export interface Deliberation {
  /** Absolute step of the slot decided. */
  step: number
  demandAhead: Distribution | null
  planned: PlannedNeed | null
  decision: Decision
}

/** Where the next fit must learn up to, exclusive; null while the fits in force are the right ones. */
export function dueFit(workload: Workload): number | null {
  const { history } = workload.outlook
  const until = fitUntilStep(newestStep(history) + 1, history.stepSeconds)
  return until > workload.fittedUntil && until > history.firstStep ? until : null
}

/** Computes the due fits at once. The controller does this in a worker instead. */
export function fitNow(workload: Workload, untilStep: number): void {
  const { history, horizonSteps } = workload.outlook
  adoptFits(workload.outlook, fitMembers(history, untilStep, horizonSteps))
  workload.fittedUntil = untilStep
}

/** The next slot closed with this demand; NaN when nothing is known of it. */
export function observe(workload: Workload, value: number): void {
  advanceOutlook(workload.outlook, value)
}

/** What the caller knows beside the forecast. */
export type Surroundings = Pick<DecideInput, 'reactive' | 'minReplicas' | 'maxReplicas'>

/** Decides the slot after the newest sample: replicas asked for now are Ready a lead later. */
export function deliberate(workload: Workload, plan: Plan, around: Surroundings): Deliberation {
  const { outlook, planned } = workload
  const newest = newestStep(outlook.history)
  const demandAhead = lookAhead(outlook)
  const need = demandAhead === null ? null : plan(demandAhead, around.maxReplicas)
  // A slot without a forecast stands still in the ring: what was planned before it stays held.
  if (need !== null) planned[workload.decisions++ % planned.length] = need.replicas
  const decision = decide({
    predicted: need === null ? { kind: 'absent', why: 'NoForecast' } : held(workload),
    reactive: around.reactive,
    fresh: !Number.isNaN(valueAt(outlook.history, newest)),
    standing: workload.standing,
    minReplicas: around.minReplicas,
    maxReplicas: around.maxReplicas,
  })
  workload.standing = decision.replicas
  return { step: newest + 1, demandAhead, planned: need, decision }
}

function held(workload: Workload): { kind: 'known'; replicas: number } {
  let largest = 0
  for (const replicas of workload.planned) largest = Math.max(largest, replicas)
  return { kind: 'known', replicas: largest }
}
