import { type LeadTime, leadSteps } from '../../forecaster/lead-time/lead-time.ts'
import { checkpointOf } from '../../forecaster/workload/checkpoint.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { offsetSeconds } from '../calendar/civil-clock.ts'
import { readState } from './keep-state.ts'
import type { ScalerMemory } from './memory.ts'
import type {
  Clock,
  Forecasting,
  HpaOriginal,
  LoadRecord,
  MetricsSource,
  StartUpRecord,
  StateStore,
} from './ports.ts'
import type { Preparations } from './preparations.ts'
import { prepare } from './prepare.ts'
import { STEP_SECONDS, SYNC_SECONDS } from './timing.ts'

/** A history that failed to load is asked for again after this. */
const HISTORY_RETRY_MS = 60_000
/** A shorter lead is worth a new rehearsal only now and then; a longer one at once. */
const SHORTER_LEAD_AFTER_MS = 30 * 60_000
/** A pod that goes on starting lengthens the lead at every sync: not each is worth a rehearsal. */
const GROWING_LEAD_AFTER_MS = 5 * 60_000

export interface LivePorts {
  clock: Clock
  sources: ReadonlyMap<string, MetricsSource>
  forecasting: Forecasting
  state: StateStore
  preparations: Preparations
  /** Left out, start-ups do not outlive the controller. */
  startUpRecord?: StartUpRecord
  /** Left out, nobody watches what a pod carries. */
  loadRecord?: LoadRecord
}

/** What was kept from before the controller started: read once, and the start-ups put back. */
export async function recall(
  ports: LivePorts,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  signal: AbortSignal,
): Promise<{ lines: string[]; ready: boolean }> {
  if (memory.kept !== null) return { lines: [], ready: true }
  const { kept, said } = await readState(ports.state, scaler, signal)
  memory.kept = kept
  const { startUpRecord } = ports
  if (kept === null) return { lines: said, ready: false }
  if (kept.startUps === null || startUpRecord === undefined || memory.startUpsRestored) {
    return { lines: said, ready: true }
  }
  memory.startUpsRestored = true
  startUpRecord.restore(kept.startUps)
  // The pods that this sync sees were read before: the lead is known from the next one on.
  return { lines: said, ready: false }
}

/** Names a scaler in all that lives beside its syncs. */
export function idOf({ metadata }: PredictiveScaler): string {
  return metadata.uid ?? `${metadata.namespace}/${metadata.name}`
}

export function leadOf({ startUpSeconds }: LeadTime): number {
  return leadSteps(startUpSeconds, SYNC_SECONDS, STEP_SECONDS)
}

/** Builds the workload from its history, and anew when its lead has changed. */
export async function keepLive(
  ports: LivePorts,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  known: { learned: LeadTime; ownHpa: HpaOriginal | null; nowMs: number },
  signal: AbortSignal,
): Promise<void> {
  const { spec } = scaler
  const { learned, ownHpa, nowMs } = known
  const lead = leadOf(learned)
  const { live } = memory
  const stands =
    live !== null &&
    live.offsetSeconds === offsetSeconds(spec.prediction.timeZone, nowMs) &&
    (lead === live.workload.leadSteps ||
      nowMs - live.rehearsedAtMs < patienceMs(lead, live.workload.leadSteps, learned.source))
  const id = idOf(scaler)
  if (stands) ports.preparations.drop(id)
  if (stands || nowMs < memory.nextHistoryAtMs) return
  const { sources, forecasting, clock } = ports
  const checkpoint =
    live === null ? (memory.kept?.checkpoint?.checkpoint ?? null) : checkpointOf(live.workload)
  const { namespace } = scaler.metadata
  const asked = { namespace, spec, leadTime: learned, ownHpa, checkpoint, sources, forecasting }
  const prepared = await ports.preparations.ask({ id, version: memory.generation }, (inner) =>
    prepare({ ...asked, nowMs: clock.nowMs() }, inner),
  )
  signal.throwIfAborted()
  if (prepared === null) {
    const { notLive } = memory
    if (notLive.reason === 'NotYetKnown') notLive.message = 'the history is being read'
    return
  }
  memory.notLiveSinceMs = 'live' in prepared ? null : (memory.notLiveSinceMs ?? nowMs)
  if ('live' in prepared) {
    const { workload } = prepared.live
    // What stands, stands: a new rehearsal may disagree, but without data nothing falls.
    if (live !== null) {
      workload.own.course.standing = live.workload.own.course.standing
      prepared.live.hpaAlone = live.hpaAlone
      prepared.live.deliberation = live.deliberation
    }
    memory.live = prepared.live
  } else {
    // A history that was enough once stays in use while the source cannot give a newer one.
    memory.notLive = prepared.notLive
    memory.nextHistoryAtMs = nowMs + HISTORY_RETRY_MS
  }
}

/** How long the lead that stands is kept after its rehearsal when another is wanted. */
function patienceMs(wanted: number, standing: number, source: LeadTime['source']): number {
  if (wanted < standing) return SHORTER_LEAD_AFTER_MS
  return source === 'starting' ? GROWING_LEAD_AFTER_MS : 0
}
