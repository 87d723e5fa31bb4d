/**
 * What a backtest came to: the one result behind table, JSON and page. Plain data; `-o json` prints it
 * as it is, keys in this order. Times are UTC, durations seconds unless the name says otherwise, shares
 * per cent. `null` means not known or not asked for, never zero.
 */
export interface BacktestReport {
  /** Changes when a key changes its meaning or goes; new keys may come without. */
  format: 'foresail-backtest/1'
  version: string
  /** Sentences; the first says whether predicting pays. */
  verdict: string[]
  recording: RecordingFacts
  assumptions: Assumptions
  policies: PolicyRow[]
  /** What Foresail saves against each of the others; empty where Foresail was not asked for. */
  savings: Saving[]
  coverage: Coverage[]
  /** Every setting among which the best HPA was picked. */
  hpaSweep: HpaPoint[]
}

export interface RecordingFacts {
  file: string
  start: string
  /** End of the last slot. */
  end: string
  stepSeconds: number
  samples: number
  missingSamples: number
}

export interface Assumptions {
  /** Who writes replicas: an HPA whose floor Foresail moves, or Foresail itself with nothing beneath. */
  actuator: 'hpa' | 'scale'
  /** Target of the HPA while the forecast is trusted, and otherwise; null with `scale`. */
  guardPercent: number | null
  targetPercent: number | null
  warmUpSeconds: number
  scoredSteps: number
  scoredDays: number
  /** The start-up that is planned for. */
  startUpSeconds: number
  /** The percentile that it is of the pods' start-ups; null where every pod takes the same. */
  startUpPercentile: number | null
  startUpMedianSeconds: number
  /** The start-up that is planned for, in whole steps. */
  leadSteps: number
  /** Most demand that one replica carries. */
  capacityPerReplica: number
  /** `stated` by --capacity, from --peak-replicas, or assumed. */
  capacityFrom: 'stated' | 'peak-replicas' | 'assumed'
  /** Replicas that the busy hours of the warm-up need. */
  peakReplicas: number
  minReplicas: number
  maxReplicas: number
  maxFrom: 'stated' | 'assumed'
  /** Share of time that may be short, in per cent; null where a price or a quantile was asked for. */
  violationBudgetPercent: number | null
  violationPrice: number | null
  quantile: number | null
  /** A plan's largest need is held this long. */
  holdSeconds: number
}

export type RowName =
  | 'foresail'
  | 'hpa'
  | 'hpa-best'
  | 'static-peak'
  | 'static-usual'
  | 'clairvoyant'

export interface PolicyRow {
  policy: RowName
  /** In words. */
  setting: string
  replicaHours: number
  timesClairvoyant: number | null
  violationPercent: number
  violatedMinutes: number
  demandShortPercent: number
  longestShortageMinutes: number
  /** Null for the clairvoyant, which is a bound and not a run. */
  scaleEventsPerDay: number | null
  reversalsPerDay: number | null
  peakReplicas: number | null
}

/** Foresail beside another policy; violations stand beside every saving. */
export interface Saving {
  /** `hpa-at-equal-violations`: the sweep's cost where it is short as often as Foresail. */
  against: 'hpa-at-equal-violations' | Exclude<RowName, 'foresail' | 'hpa-best'>
  /** Null where no setting is short that seldom. */
  replicaHours: number | null
  /** Replica-hours of the other less Foresail's: negative where Foresail is dearer. */
  savedReplicaHours: number | null
  savedPercent: number | null
  violatedMinutes: number
  foresailViolatedMinutes: number
}

export interface Coverage {
  /** Share of time for which demand should stay at or below the forecast. */
  askedPercent: number
  /** Share for which it did; null where no forecast was made. */
  achievedPercent: number | null
  counted: number
}

export interface HpaPoint {
  targetPercent: number
  stabilizationSeconds: number
  violationPercent: number
  replicaHours: number
}
