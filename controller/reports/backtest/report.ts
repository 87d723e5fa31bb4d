import type { Behavior } from '../../../forecaster/reactive/hpa/behavior.ts'

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
  /** Sentences: why the verdict deserves less trust than its numbers suggest. */
  cautions: string[]
  /** What was asked to be reached, in the order it was asked. */
  thresholds: ThresholdResult[]
  recording: RecordingFacts
  assumptions: Assumptions
  policies: PolicyRow[]
  /** What Foresail saves against each of the others; empty where Foresail was not asked for. */
  savings: Saving[]
  coverage: Coverage[]
  /** What Foresail's own replay of the past told it to do; null where it was not asked for. */
  ownReplay: OwnReplay | null
  /** Every setting among which the best HPA was picked. */
  hpaSweep: HpaPoint[]
  /** Every setting that same-time-yesterday was run with. */
  yesterdaySweep: YesterdayPoint[]
}

export interface OwnReplay {
  /** Share of the scored time in which reacting led because it was cheaper, in per cent. */
  reactingPercent: number
  /** What it says at the end; null where too little was lived through to say. */
  predictingPays: boolean | null
  /** Forecasters that failed and were left out, with the reason. */
  failedForecasters: { name: string; why: string }[]
}

export interface ThresholdResult {
  /** As it was written. */
  threshold: string
  metric: string
  /** In per cent, seconds or plain, by the metric; null where it is not known. */
  actual: number | null
  /** False where it is not known. */
  met: boolean
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

/** Who said so: an option, the PredictiveScaler given with -f, or nobody. */
export type Origin = 'stated' | 'scaler' | 'assumed'
/** The same, or the HPA given with -f. */
export type OriginOrHpa = Origin | 'hpa'

export interface Origins {
  /** `stated` by --capacity, from --peak-replicas, by the manifest, or assumed. */
  capacityFrom: Origin | 'peak-replicas'
  minFrom: OriginOrHpa
  maxFrom: OriginOrHpa
  startUpFrom: Origin
  riskFrom: Origin
  holdFrom: Origin
  /** The target of the HPA as configured. */
  hpaFrom: OriginOrHpa
  guardFrom: Origin
}

/** The PredictiveScaler given with -f. */
export interface ScalerFacts {
  file: string
  namespace: string
  name: string
}

/** The HPA given with -f, which is run as the HPA as configured. */
export interface HpaFacts extends ScalerFacts {
  /** Its own limits, which an option or a PredictiveScaler may replace. */
  minReplicas: number
  maxReplicas: number
  /** In words: the metric whose target is run, and what it is taken for; null where an option gave it. */
  target: string | null
  /** Metrics that a recording of one signal cannot run. */
  unusedMetrics: string[]
  /** Completed with the defaults; null where it has none. */
  behavior: Behavior | null
}

export interface Assumptions extends Origins {
  /** Who writes replicas: an HPA whose floor Foresail moves, or Foresail itself with nothing beneath. */
  actuator: 'hpa' | 'scale'
  /** Target of the HPA beneath while the forecast is trusted, in per cent of the capacity; null with `scale`. */
  guardPercent: number | null
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
  /** Replicas that the busy hours of the warm-up need. */
  peakReplicas: number
  minReplicas: number
  maxReplicas: number
  /** Share of the scored time whose demand needs more than maxReplicas. */
  beyondMaxPercent: number
  /** Share of time that may be short, in per cent; null where a price or a quantile was asked for. */
  violationBudgetPercent: number | null
  violationPrice: number | null
  quantile: number | null
  /** A plan's largest need is held this long. */
  holdSeconds: number
  hpaTargetPercent: number
  hpaStabilizationSeconds: number
  scaler: ScalerFacts | null
  hpaManifest: HpaFacts | null
}

export type RowName =
  | 'foresail'
  | 'hpa'
  | 'hpa-best'
  | 'static-peak'
  | 'static-p99'
  | 'static-usual'
  | 'yesterday'
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

/**
 * Whom Foresail is held against: another policy as it was run, or what that kind of policy costs where
 * it is short as often as Foresail, its setting picked in hindsight. Of fixed counts, which are whole, the
 * least that is short no more often.
 */
export type Rival =
  | Exclude<RowName, 'foresail' | 'hpa-best'>
  | 'hpa-at-equal-violations'
  | 'static-at-equal-violations'
  | 'yesterday-at-equal-violations'

/** Foresail beside another policy; violations stand beside every saving. */
export interface Saving {
  against: Rival
  /** In words. */
  setting: string
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

export interface YesterdayPoint {
  marginPercent: number
  /** Of the HPA beneath. */
  targetPercent: number
  violationPercent: number
  replicaHours: number
}
