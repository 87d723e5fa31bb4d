import {
  type AggregateMemory,
  createAggregateMemory,
} from '../../forecaster/reactive/hpa/aggregate-sync.ts'
import type { ForecastLog } from '../../forecaster/workload/forecast-log.ts'
import type { Deliberation, Workload, WorkloadFits } from '../../forecaster/workload/workload.ts'
import type { ConditionReason } from '../api/reasons.ts'
import type { LimitsInForce } from '../calendar/limits-at.ts'
import type { KeptState } from './kept-state.ts'

/** Why there is no forecast yet, in a condition's words. */
export interface NotLive {
  reason: ConditionReason
  message: string
}

/** A fit on its way, or waiting for the slot from which it is in force. */
export interface FitAhead {
  untilStep: number
  /** null while it is computed. */
  outcome: { fits: WorkloadFits } | { why: string } | null
}

/** One scaler whose history sufficed: its workload, advanced slot by slot. */
export interface Live {
  workload: Workload
  log: ForecastLog
  rehearsedAtMs: number
  /** What the user's HPA alone would run, replayed beside the forecast; null without its target. */
  hpaAlone: { memory: AggregateMemory; replicas: number } | null
  /** The limits of the newest deliberation; null until there is one. */
  limits: LimitsInForce | null
  /** Seconds by which the clocks of spec.prediction.timeZone were ahead of UTC at the rehearsal. */
  offsetSeconds: number
  /** Lived through its history, and nothing decided yet from it. */
  undecided: boolean
  /** The newest deliberation; null until the first slot closed since the start. */
  deliberation: Deliberation | null
  /** Demand in the newest closed slot, in replicas, and the signal that bound it. */
  newestDemand: number
  binding: string | null
  /** Why the newest due fit failed; null while fits succeed. */
  fitProblem: string | null
  /** The next fit, computed before it is due. */
  fitAhead: FitAhead | null
}

/** What the controller remembers of one scaler between syncs. All of it can be rebuilt. */
export interface ScalerMemory {
  /** Generation of the spec that `live` was built for. */
  generation: number | undefined
  live: Live | null
  notLive: NotLive
  /** No history query before this; a week of samples is not asked for at every sync. */
  nextHistoryAtMs: number
  /** Since when there is no workload in memory; null while there is one. */
  notLiveSinceMs: number | null
  /** What stands in the state store; null until it was read. */
  kept: KeptState | null
  /** Start-ups are put back once: they do not change with the spec. */
  startUpsRestored: boolean
  /** No write to the state store before this, after one that failed. */
  nextKeepAtMs: number
  fallback: boolean
  statusJson: string
  statusAtMs: number
}

export function createMemory(): ScalerMemory {
  return {
    generation: undefined,
    live: null,
    notLive: { reason: 'NotYetKnown', message: 'the history has not been read yet' },
    nextHistoryAtMs: 0,
    notLiveSinceMs: null,
    kept: null,
    startUpsRestored: false,
    nextKeepAtMs: 0,
    fallback: false,
    statusJson: '',
    statusAtMs: -Infinity,
  }
}

export function startHpaAlone(replicas: number): NonNullable<Live['hpaAlone']> {
  return { memory: createAggregateMemory(), replicas }
}
