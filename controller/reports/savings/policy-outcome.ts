import { outcomeOf } from '../../../forecaster/outcome/outcome.ts'

/** What a policy cost over the compared slots and how often it was short there. */
export interface PolicyOutcome {
  /** Hours of Ready pods. */
  replicaHours: number
  /** Minutes of slots whose demand was more than the Ready pods carry. */
  violatedMinutes: number
  violationPercent: number
  /** Demand that found no capacity, in per cent of demand. */
  demandShortPercent: number
  longestShortageMinutes: number
}

export interface ReadyPods {
  /** In replicas, one value a slot. */
  demand: Float64Array
  /** 1 where the slot is compared. */
  compared: Uint8Array
  /** Ready pods in each slot; read only where the slot is compared. */
  ready: Float64Array
  stepSeconds: number
}

/** Judges Ready pods against demand as the backtest does. */
export function policyOutcome({ demand, compared, ready, stepSeconds }: ReadyPods): PolicyOutcome {
  const pods = Int32Array.from(ready)
  const outcome = outcomeOf({
    demand,
    scored: compared,
    ready: pods,
    existing: pods,
    capacityPerReplica: 1,
    initialReplicas: pods[0] ?? 0,
    stepSeconds,
  })
  return {
    replicaHours: outcome.replicaHours,
    violatedMinutes: (outcome.violatedSteps * stepSeconds) / 60,
    violationPercent: outcome.violationPercent,
    demandShortPercent: outcome.demandShortPercent,
    longestShortageMinutes: outcome.longestShortageMinutes,
  }
}
