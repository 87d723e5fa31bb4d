import { hold, proceed } from '../decide/course.ts'
import type { DecideInput } from '../decide/decide.ts'
import type { Distribution } from '../distribution/distribution.ts'
import type { Risk } from '../plans/plan.ts'
import { pricedNeeds } from '../plans/price.ts'
import { priceOfBudget } from '../plans/risk.ts'
import { wantedShare } from './budget.ts'
import { type Choice, choiceFrom } from './choice.ts'
import { priceLadder } from './ladder.ts'
import {
  type ClosedSlot,
  createVirtualRun,
  liveSlot,
  type VirtualRun,
  type VirtualWorld,
} from './virtual-run.ts'

/**
 * A workload's own past, run through the decision function under a ladder of prices, and the reactive
 * rivals beside it: which price keeps the asked budget, and whether predicting pays (decision.md §3, §4).
 */
export interface Selection {
  risk: Risk
  world: VirtualWorld
  prices: Float64Array
  /** The law under each price. */
  law: VirtualRun[]
  /** What reacts instead: persistence under each price; beneath an HPA the user's own HPA alone. */
  reactive: VirtualRun[]
  choice: Choice
}

/** Days of known slots that a choice needs. */
const LEAST_DAYS = 1
/** Who only reacts does best to hold what it has for half an hour. */
const REACTION_HOLD_SECONDS = 1800

export interface SelectionSettings {
  risk: Risk
  /** Replicas that the busy hours need: the scale of the prices. */
  peakReplicas: number
  /** Slots over which a need from the forecast is held, at least 1. */
  holdSteps: number
  world: VirtualWorld
}

export function createSelection(settings: SelectionSettings): Selection {
  const { risk, peakReplicas, world } = settings
  const prices = pricesOf(risk, peakReplicas)
  const runs = (many: number, holdSteps: number) =>
    Array.from({ length: many }, () => createVirtualRun(holdSteps))
  // An HPA knows no price: one run of it is all. Where there is no price nothing is to be chosen.
  const rivals = world.actuation.kind === 'hpa' ? Math.min(1, prices.length) : prices.length
  const price =
    risk.kind === 'budget' ? priceOfBudget(risk.violationShare, peakReplicas) : (prices[0] ?? NaN)
  return {
    risk,
    world,
    prices,
    law: runs(prices.length, settings.holdSteps),
    reactive: runs(rivals, reactionHoldSteps(settings.holdSteps, world.stepSeconds)),
    choice: { price, leads: 'forecast', pays: null },
  }
}

/** Slots over which a need is held where reacting leads: no fewer than the forecast holds its own. */
export function reactionHoldSteps(holdSteps: number, stepSeconds: number): number {
  return Math.max(holdSteps, Math.ceil(REACTION_HOLD_SECONDS / stepSeconds))
}

function pricesOf(risk: Risk, peakReplicas: number): Float64Array {
  switch (risk.kind) {
    case 'budget':
      return priceLadder(peakReplicas)
    case 'price':
      return Float64Array.of(risk.violationPrice)
    case 'quantile':
      return new Float64Array(0)
  }
}

/** The newest slot closed: what stood for it is counted in every virtual run. */
export function liveVirtually(selection: Selection, slot: ClosedSlot): void {
  for (const run of selection.law) liveSlot(run, selection.world, slot)
  for (const run of selection.reactive) liveSlot(run, selection.world, slot)
}

/** What every virtual run knows when it decides. */
export interface VirtualView {
  /** Demand a lead ahead by the law, and by persistence alone; null when there is no forecast. */
  ahead: { law: Distribution; persistence: Distribution | null; whole: boolean } | null
  fresh: boolean
  /** What demand as it is now needs. */
  need: DecideInput['reactive']
  minReplicas: number
  maxReplicas: number
}

/** Every virtual run decides the next slot, as the real one does. */
export function decideVirtually(selection: Selection, view: VirtualView): void {
  const { prices, world, law, reactive } = selection
  const [first] = law
  if (first === undefined) return
  // Runs begin with the first forecast that every member had its say in: what comes before is another law.
  const begun = first.course.standing !== null
  if (!begun && view.ahead?.whole !== true) return
  if (world.actuation.kind === 'scale') {
    follow(law, view.ahead?.law ?? null, prices, view)
    follow(reactive, view.ahead?.persistence ?? null, prices, view)
    return
  }
  const beneathHpa: VirtualView = { ...view, need: { kind: 'absent', why: 'LeftToHpa' } }
  follow(law, view.ahead?.law ?? null, prices, beneathHpa)
  for (const { course } of reactive) course.standing = view.minReplicas
}

function follow(
  runs: readonly VirtualRun[],
  demand: Distribution | null,
  prices: Float64Array,
  view: VirtualView,
): void {
  const needs = demand === null ? null : pricedNeeds(demand, prices, view.maxReplicas)
  runs.forEach((run, rung) => {
    const need = needs?.[rung]
    proceed(run.course, {
      predicted:
        need === undefined
          ? { kind: 'absent', why: 'NoForecast' }
          : hold(run.course, need.replicas),
      reactive: view.need,
      fresh: view.fresh,
      minReplicas: view.minReplicas,
      maxReplicas: view.maxReplicas,
    })
    run.trusted = view.fresh && need !== undefined
  })
}

/** Chooses anew, once a day was lived through; `own` is the run that was really followed. */
export function choose(selection: Selection, own: VirtualRun): void {
  const { risk, law, choice } = selection
  const { stepsPerDay } = selection.world
  const lived = law[0]?.tally.slots ?? 0
  if (lived < LEAST_DAYS * stepsPerDay) return
  const wanted =
    risk.kind === 'budget' ? wantedShare(risk.violationShare, own.tally, stepsPerDay) : Infinity
  selection.choice = choiceFrom({ ...selection, wantedShare: wanted }, choice.leads)
}
