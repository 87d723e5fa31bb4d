import { percentileLinear } from '../../../forecaster/outcome/percentile.ts'
import { replicasFor } from '../../../forecaster/replay/offered-load.ts'
import { type ForecastError, forecastError } from './forecast-error.ts'
import { readyUnderHpaAlone } from './hpa-alone.ts'
import { type PolicyOutcome, policyOutcome } from './policy-outcome.ts'
import { type Recorded, SERIES_NAMES, type SeriesName } from './recorded.ts'

export type AlternativeName = 'hpa-alone' | 'fixed-largest' | 'fixed-usual'

/** What could have run instead, and what running as it did saved against that. */
export interface Alternative {
  policy: AlternativeName
  /** The fixed count; null for what moves. */
  replicas: number | null
  outcome: PolicyOutcome
  saved: {
    /** Replica-hours of the alternative less those that ran; negative where more ran. */
    replicaHours: number
    /** In per cent of the alternative's; null where that is nothing. */
    percent: number | null
    /** Violated minutes of the alternative less those of what ran; negative where it was short more. */
    violatedMinutes: number
  }
}

export interface SeriesSeen {
  series: SeriesName
  seen: number
  missing: number
}

/** Slot by slot, for charts; NaN where nothing is known. In replicas. */
export interface Timeline {
  demand: Float64Array
  median: Float64Array
  high: Float64Array
  need: Float64Array
  ready: Float64Array
  hpaReady: Float64Array
}

export interface Savings {
  namespace: string
  name: string
  startSeconds: number
  /** End of the last slot. */
  endSeconds: number
  stepSeconds: number
  slots: number
  /** Slots in which all that is compared is known. */
  comparedSlots: number
  ran: PolicyOutcome
  alternatives: Alternative[]
  /** Why the HPA alone is not among the alternatives; null where it is. */
  hpaAloneAbsent: 'NoCount' | 'NoLead' | 'TooFewSlots' | null
  forecast: ForecastError
  fallback: { minutes: number; seenMinutes: number }
  /** Newest values; null when never seen. A capacity that changed changes what a replica means. */
  leadSeconds: number | null
  capacity: { perReplica: number | null; changes: number }
  seen: SeriesSeen[]
  warnings: string[]
  timeline: Timeline
}

export type SavingsAnswer =
  | { kind: 'savings'; savings: Savings }
  | { kind: 'too-little'; comparedSlots: number }

/** Less than this compared says nothing. */
export const LEAST_COMPARED_SECONDS = 3600

/** What really ran against what could have run, over the slots in which both are known. */
export function savingsOf(recorded: Recorded): SavingsAnswer {
  const { series, slots, stepSeconds } = recorded
  const demand = series.demand
  const known = (...all: Float64Array[]) =>
    Uint8Array.from(demand, (_, slot) =>
      Number(all.every((values) => !Number.isNaN(values[slot] ?? NaN))),
    )
  const enough = (mask: Uint8Array) => count(mask) * stepSeconds >= LEAST_COMPARED_SECONDS
  const facts = known(demand, series['least ready'], series['mean ready'])
  if (!enough(facts)) return { kind: 'too-little', comparedSlots: count(facts) }

  const hpa = readyUnderHpaAlone(series['hpa alone'], series.lead, stepSeconds)
  const withHpa = hpa === null ? null : known(demand, series['least ready'], series['mean ready'], hpa)
  const useHpa = withHpa !== null && enough(withHpa)
  return null
}
