import type { WorkloadFits } from '../../forecaster/workload/workload.ts'
import type { EventReason } from '../api/reasons.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { PredictiveScalerStatus } from '../api/status.ts'
import type { FitJob, Rehearsal, RehearsalJob } from './rehearse.ts'

/**
 * What the reconciler needs of the world. Adapters implement these; tests and the sandbox do too.
 * Every call takes an AbortSignal and ends within the adapter's own deadline.
 */

/** Time as the reconciler sees it: wall clock for data, never for durations. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number
  /** Resolves after `ms`, or rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** One query over [startSeconds, endSeconds], both included, on a fixed step. */
export interface RangeRequest {
  query: string
  startSeconds: number
  endSeconds: number
  stepSeconds: number
}

/**
 * What a metrics source said. Absence is a kind of its own and never a number:
 * `values` holds NaN where the source has no point (or NaN, or an infinity) on the asked grid.
 */
export type RangeAnswer =
  | {
      kind: 'values'
      /** Values on the asked grid: index i is startSeconds + i * stepSeconds. */
      values: Float64Array
      /** Points that were NaN or infinite at the source, counted, stored as NaN. */
      notFinite: number
      /** The source's own warnings: the answer is partial. It may raise, never lower. */
      warnings: string[]
    }
  | { kind: 'empty' }
  | { kind: 'several'; series: string[] }
  | { kind: 'error'; reason: SourceErrorReason; message: string }

export type SourceErrorReason =
  | 'Unreachable'
  | 'Timeout'
  | 'Unauthorized'
  | 'BadQuery'
  | 'NotPrometheus'
  | 'TooLarge'
  | 'ServerError'

export interface MetricsSource {
  /** Never throws for what the source does; rejects only when the caller's signal aborts. */
  range(request: RangeRequest, signal: AbortSignal): Promise<RangeAnswer>
}

/** What the Ready pods use now, in cores or bytes; null where nobody tells. */
export type UsageNow = (resource: 'cpu' | 'memory', signal: AbortSignal) => Promise<number | null>

/** A pod that became Ready for the first time. */
export interface StartUpSample {
  podUid: string
  /** Seconds since the epoch when the pod was first Ready. */
  readyAtSeconds: number
  /** Creation to first Ready, in seconds. */
  startUpSeconds: number
  /** Which template the pod was made from; '' where nobody says. */
  revision?: string
  /** Its node was there for less than ten minutes: images were not, and more besides. */
  youngNode?: boolean
  /** Where the time went, as far as the pod says. */
  stages?: Partial<StartUpStages>
}

/** The stages of a start-up, in seconds; they add up to all of it. */
export interface StartUpStages {
  /** Until a node was found. */
  schedulingSeconds: number
  /** Until the last container ran: sandbox, images, init containers. */
  imageSeconds: number
  /** Until Ready. */
  applicationSeconds: number
}

/** Pods that found no node for minutes, while no other of the workload did. */
export interface NoRoom {
  pods: number
  /** How long the first of them has waited. */
  seconds: number
  /** The newest of them has waited so long that another attempt is worth it. */
  tryAgain: boolean
}

/** What keeps pods from becoming Ready that no lead time covers. */
export type PodFault = 'Unschedulable' | 'ImageUnavailable' | 'Crashing' | 'Misconfigured'

/** What the pod watch knows of one workload. */
export interface PodsView {
  /** False until the first list came through, and while the watch is stale: then nothing may be lowered. */
  synced: boolean
  ready: number
  existing: number
  startUps: readonly StartUpSample[]
  /** The template that pods are made from now; '' where nobody says. */
  revision: string
  /** Pods that will not become Ready by waiting, by what is wrong with them. */
  faults: Readonly<Partial<Record<PodFault, number>>>
  /** Set where more pods would not help, since none finds a node. */
  noRoom: NoRoom | null
  /** Seconds since creation of the pods on their way to their first Ready; none that is at fault. */
  starting: readonly number[]
}

/** What the HPA under the floor looks like now, and what it was before Foresail touched it. */
export interface HpaView {
  minReplicas: number
  maxReplicas: number
  /** status.currentReplicas and status.desiredReplicas; undefined before the HPA's first sync. */
  currentReplicas: number | undefined
  desiredReplicas: number | undefined
  /** The HPA's own ScalingActive condition; undefined before its first sync. */
  scalingActive: boolean | undefined
  /** averageUtilization target of the guard metric now; undefined where there is none. */
  guardUtilization: number | undefined
  original: HpaOriginal
}

/** The user's own values, kept in an annotation before the first write. */
export interface HpaOriginal {
  minReplicas: number
  guardUtilization: number | undefined
}

export type HpaAnswer =
  | { kind: 'hpa'; view: HpaView }
  | { kind: 'missing'; message: string }
  | {
      kind: 'error'
      reason:
        | 'AccessDenied'
        | 'Unreachable'
        | 'Conflict'
        | 'Invalid'
        /** It scales another workload than the scaler names. */
        | 'ScalesAnother'
        /** Somebody else scales the same workload, or owns what was to be written. */
        | 'OtherOwner'
      message: string
    }

/**
 * Where replicas are written: the floor (minReplicas) of an HPA, and in Auto the guard's target; the floor of
 * a ScaledObject; or the replicas of a workload themselves, which then are what `minReplicas` speaks of.
 */
export interface FloorActuator {
  read(signal: AbortSignal): Promise<HpaAnswer>
  /**
   * Server-side apply of the floor and, when given, the guard metric's target. Writes nothing when
   * both already stand. Originals are kept in an annotation in the same write.
   */
  write(
    wanted: { minReplicas: number; guardUtilization: number | undefined },
    signal: AbortSignal,
  ): Promise<HpaAnswer>
  /** Gives the HPA back: the originals are written explicitly, the annotation and ownership go. Idempotent. */
  release(signal: AbortSignal): Promise<HpaAnswer>
}

/** Names one object. */
export interface ObjectKey {
  namespace: string
  name: string
}

export type WriteAnswer = { kind: 'done' } | { kind: 'error'; reason: string; message: string }

/** Where the reconciler leaves what it has to say of a scaler. */
export interface ScalerStore {
  /** Replaces the status. */
  writeStatus(
    key: ObjectKey,
    status: PredictiveScalerStatus,
    signal: AbortSignal,
  ): Promise<WriteAnswer>
  /** Replaces the finalizers; refused when the object is no longer as it was read. */
  writeFinalizers(
    scaler: Pick<PredictiveScaler, 'metadata'>,
    finalizers: string[],
    signal: AbortSignal,
  ): Promise<WriteAnswer>
}

export interface EventSink {
  emit(
    scaler: Pick<PredictiveScaler, 'metadata'>,
    type: 'Normal' | 'Warning',
    reason: EventReason,
    message: string,
  ): void
}

/** Computes forecasts off the event loop. */
export interface Forecasting {
  rehearse(job: RehearsalJob, signal: AbortSignal): Promise<Rehearsal>
  fit(job: FitJob, signal: AbortSignal): Promise<WorkloadFits>
}

/** What is kept of a scaler beside it, each a text of its own. */
export type StateKey = 'plan' | 'checkpoint' | 'startUps'

export type StateAnswer =
  /** What is not there is left out; a scaler of which nothing was ever kept has none of them. */
  | { kind: 'state'; texts: Partial<Record<StateKey, string>> }
  /** `Unreachable` passes; the others stay until somebody does something. */
  | { kind: 'error'; reason: StateErrorReason; message: string }

export type StateErrorReason =
  | 'Unreachable'
  | 'Conflict'
  | 'AccessDenied'
  | 'Invalid'
  /** Another object of that name is there, and is left alone. */
  | 'Foreign'
  | 'WritesHeld'

/** Keeps what has to outlive the controller. It goes with its scaler. */
export interface StateStore {
  /** Name of the object in the namespace of the scaler. */
  nameOf(scalerName: string): string
  read(scaler: PredictiveScaler, signal: AbortSignal): Promise<StateAnswer>
  /** Writes what is given and differs from what is there; null removes. What is not given stays. */
  write(
    scaler: PredictiveScaler,
    texts: Partial<Record<StateKey, string | null>>,
    signal: AbortSignal,
  ): Promise<StateAnswer>
}

/** Demand of one signal in a slot, in its own unit. */
export interface SignalLoad {
  signal: string
  /** Tells its query from another of that name. */
  fingerprint: string
  demand: number
  /** What one replica carries; NaN where it is not known. */
  capacityPerReplica: number
}

/** The highest load seen per Ready pod. */
export interface HighestLoad {
  signal: string
  fingerprint: string
  /** In the unit of the signal. */
  value: number
  /** What one replica carried then, by its capacity; null where that was not known. */
  capacity: number | null
  /** Start of its slot, in seconds since the epoch. */
  atSeconds: number
}

/** What a Ready pod was seen to carry. */
export interface LoadRecord {
  /** A slot closed with these demands, each whole. */
  see(slot: { startSeconds: number; endSeconds: number }, loads: readonly SignalLoad[]): void
  list(): readonly HighestLoad[]
}

/** What the pods taught, as a text that the state store keeps. */
export interface StartUpRecord {
  /** null while there is nothing to keep. */
  text(): string | null
  /** Puts back what was kept; what cannot be read is left out. Never throws. */
  restore(text: string): void
}
