import type { Distribution } from '../distribution/distribution.ts'

/** How much risk is bought off. Exactly what spec.prediction.risk says. */
export type Risk =
  /** Replica-minutes that one violated minute is worth. */
  | { kind: 'price'; violationPrice: number }
  /** Share of time, in [0, 1], that may be short. */
  | { kind: 'budget'; violationShare: number }
  /** Demand stays below with this probability. */
  | { kind: 'quantile'; probability: number }

/** Replicas for one future slot, and the terms they were chosen in. */
export interface PlannedNeed {
  replicas: number
  /** Chance that demand exceeds them. */
  exceedance: number
}

/** A plan turns what demand may be into replicas, within [0, maxReplicas]. */
export type Plan = (demand: Distribution, maxReplicas: number) => PlannedNeed
