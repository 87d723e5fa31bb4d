import { type Actuation, actuate } from '../actuation/actuation.ts'
import { createAggregateMemory } from '../reactive/hpa/aggregate-sync.ts'
import type { Deliberation } from '../workload/workload.ts'
import type { Moment } from './replay.ts'

/** The world that a writer writes into. */
export interface WrittenWorld {
  series: { startSeconds: number; stepSeconds: number }
  sizing: { capacityPerReplica: number; maxReplicas: number }
}

/**
 * Who writes replicas through a replay, slot by slot: what comes of each deliberation. The maximum of a slot may
 * be another than that of the world.
 */
export function writer(
  actuation: Actuation,
  { series, sizing }: WrittenWorld,
): (deliberation: Deliberation, moment: Moment, maxReplicas?: number) => number {
  const hpa = createAggregateMemory()
  return ({ decision, trusted }, { slot, newestSample, existing }, maxReplicas) =>
    actuate(
      actuation,
      hpa,
      { replicas: decision.replicas, trusted },
      {
        newestSample,
        existing,
        capacityPerReplica: sizing.capacityPerReplica,
        maxReplicas: maxReplicas ?? sizing.maxReplicas,
        slotStartSeconds: series.startSeconds + slot * series.stepSeconds,
        stepSeconds: series.stepSeconds,
      },
    )
}
