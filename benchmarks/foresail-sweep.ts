import type { Actuation } from '../forecaster/actuation/actuation.ts'
import { reactiveNeed } from '../forecaster/actuation/reactive-need.ts'
import { type BacktestWorld, demandInReplicas } from '../forecaster/backtest/world.ts'
import type { Risk } from '../forecaster/plans/plan.ts'
import {
  adopt,
  beginRecord,
  computeFits,
  createWorkload,
  type Deliberation,
  deliberate,
  dueFit,
  observeTogether,
  type WorkloadFits,
} from '../forecaster/workload/workload.ts'

/** What is common to every setting of a sweep. */
export interface SweepTerms {
  holdSteps: number
  actuation: Actuation
  /** Changes fits before they come into force at `slot`: forecasts that fail on purpose. */
  spoil?: (fits: WorkloadFits, slot: number) => WorkloadFits
}

/**
 * Foresail's deliberations under each of several risks, from one pass over the recording: the forecast
 * does not depend on the risk. The same as a backtest with one risk at a time, as the test holds.
 *
 * @returns for each risk one deliberation a slot, from the first scored one on
 */
export function sweepForesail(
  world: BacktestWorld,
  risks: readonly Risk[],
  { holdSteps, actuation, spoil }: SweepTerms,
): Deliberation[][] {
  const { series, sizing, firstSlot, leadSteps } = world
  const { peakReplicas } = sizing
  const needs = demandInReplicas(world)
  const capacityPerReplica = 1
  const { stepSeconds } = series
  const firstStep = Math.round(series.startSeconds / stepSeconds)
  const grid = { stepSeconds, firstStep, capacityPerReplica, leadSteps }
  const [first, ...others] = risks.map((risk) =>
    createWorkload({ ...grid, holdSteps, risk, peakReplicas, actuation }),
  )
  if (first === undefined) return []
  const { outlook } = first
  const workloads = [first, ...others.map((workload) => ({ ...workload, outlook }))]
  const reactive = reactiveNeed(actuation, capacityPerReplica)
  const made: Deliberation[][] = risks.map(() => [])
  for (let slot = 1; slot < needs.length; slot++) {
    const sample = needs[slot - 1] ?? NaN
    const until = dueFit(first)
    if (until !== null) {
      const computed = computeFits(first, until)
      const fits = spoil === undefined ? computed : spoil(computed, slot)
      for (const workload of workloads) adopt(workload, fits, until)
    }
    observeTogether(outlook, workloads, sample, sizing)
    if (slot === firstSlot) workloads.forEach(beginRecord)
    workloads.forEach((workload, i) => {
      const deliberation = deliberate(workload, { reactive: reactive(sample), ...sizing })
      if (slot >= firstSlot) made[i]?.push(deliberation)
    })
  }
  return made
}
