import { clairvoyantReplicaSteps } from '../outcome/clairvoyant.ts'
import { type Outcome, outcomeOf } from '../outcome/outcome.ts'
import { type OfferedLoad, offeredLoad, replicasFor } from '../replay/offered-load.ts'
import { type Policy, type ReplayRun, replay } from '../replay/replay.ts'
import type { Series } from '../series/series.ts'
import type { Sizing } from './assumptions.ts'
import { sameStartUp, type WorldStartUp } from './start-up.ts'

/** The world that every policy of one backtest lives in. */
export interface BacktestWorld {
  series: Series
  sizing: Sizing
  load: OfferedLoad
  firstSlot: number
  /** Start-up that Foresail plans for. */
  leadSteps: number
  /** Start-up that pods take. */
  startUp: WorldStartUp
  initialReplicas: number
}

export function createWorld(
  series: Series,
  sizing: Sizing,
  warmUpSlots: number,
  leadSteps: number,
  startUp: WorldStartUp = sameStartUp(leadSteps),
): BacktestWorld {
  const load = offeredLoad(series.values, series.stepSeconds, warmUpSlots)
  const lastHour = Math.max(1, Math.round(3600 / series.stepSeconds))
  let largest = 0
  for (const demand of load.demand.subarray(Math.max(0, warmUpSlots - lastHour), warmUpSlots)) {
    largest = Math.max(largest, demand)
  }
  const needed = replicasFor(largest, sizing.capacityPerReplica)
  return {
    series,
    sizing,
    load,
    firstSlot: warmUpSlots,
    leadSteps,
    startUp,
    initialReplicas: Math.min(Math.max(needed, sizing.minReplicas), sizing.maxReplicas),
  }
}

/**
 * The recording in replicas, NaN in gaps. Foresail lives through it, as the controller through its signals: where
 * demand is just what n replicas carry, the last bit decides, and it is to be the same bit.
 */
export function demandInReplicas({ series, sizing }: BacktestWorld): Float64Array {
  return series.values.map((demand) => demand / sizing.capacityPerReplica)
}

/** Runs a policy from the first scored slot on and sums it up. */
export function runPolicy(
  world: BacktestWorld,
  policy: Policy,
  initialReplicas: number = world.initialReplicas,
): { run: ReplayRun; outcome: Outcome } {
  const { series, sizing, firstSlot } = world
  const run = replay(
    {
      samples: series.values,
      firstSlot,
      initialReplicas,
      minReplicas: sizing.minReplicas,
      maxReplicas: sizing.maxReplicas,
      startUp: world.startUp.slots,
    },
    policy,
  )
  const outcome = outcomeOf({
    demand: world.load.demand.subarray(firstSlot),
    scored: world.load.scored.subarray(firstSlot),
    ready: run.ready,
    existing: run.existing,
    capacityPerReplica: sizing.capacityPerReplica,
    initialReplicas,
    stepSeconds: series.stepSeconds,
  })
  return { run, outcome }
}

/** Replica-hours of the clairvoyant that never violates: no policy with its lead can pay less. */
export function clairvoyantReplicaHours(world: BacktestWorld): number {
  const steps = clairvoyantReplicaSteps({
    demand: world.load.demand.subarray(world.firstSlot),
    scored: world.load.scored.subarray(world.firstSlot),
    capacityPerReplica: world.sizing.capacityPerReplica,
    minReplicas: world.sizing.minReplicas,
    leadSteps: world.startUp.medianSteps,
  })
  return (steps * world.series.stepSeconds) / 3600
}
