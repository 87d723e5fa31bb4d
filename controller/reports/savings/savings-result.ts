import type { ForecastError } from './forecast-error.ts'
import type { PolicyOutcome } from './policy-outcome.ts'
import type { SeriesName } from './recorded.ts'

/** What really ran against what could have run, from what really happened. */
export interface Savings {
  namespace: string
  name: string
  /** Start of the first slot, in seconds since the epoch. */
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
  /** Minutes in which the fallback was in force, of those in which that is known. */
  fallback: { minutes: number; knownMinutes: number }
  /** Compared minutes in mode Observe: what ran then was not Foresail's doing. */
  observedMinutes: number
  /** Planned start-up in the newest slot that tells it; null when none does. */
  leadSeconds: number | null
  /** How often the stated capacity changed: a replica before and after is not the same. */
  capacityChanges: number
  seen: SeriesSeen[]
  /** The source's own warnings. */
  warnings: string[]
  timeline: Timeline
}

export type AlternativeName = 'hpa-alone' | 'fixed-largest' | 'fixed-usual'

/** What could have run instead, and what was saved against it. */
export interface Alternative {
  policy: AlternativeName
  /** The fixed count; null for what moves. */
  replicas: number | null
  outcome: PolicyOutcome
  saved: Saved
}

/** The alternative's figure less that of what ran: negative where what ran was worse. */
export interface Saved {
  replicaHours: number
  /** In per cent of the alternative's replica-hours; null where those are nothing. */
  percent: number | null
  violatedMinutes: number
}

export interface SeriesSeen {
  series: SeriesName
  seen: number
  missing: number
}

/** One value a slot, in replicas, for charts; NaN where nothing is known. */
export interface Timeline {
  demand: Float64Array
  /** The 50 % and 95 % forecasts. */
  median: Float64Array
  high: Float64Array
  need: Float64Array
  ready: Float64Array
  hpaReady: Float64Array
}
