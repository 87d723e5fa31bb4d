import { type LeadTime, leadSteps, leadTime } from '../../forecaster/lead-time/lead-time.ts'
import { recentStartUps } from '../../forecaster/lead-time/recent-start-ups.ts'
import { checkpointOf } from '../../forecaster/workload/checkpoint.ts'
import { isPaused, pausedReplicas } from '../api/paused.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { type ActPorts, holdsFinalizer, keyOf, release, write } from './act.ts'
import { advance } from './advance.ts'
import { readState } from './keep-state.ts'
import { createMemory, type ScalerMemory } from './memory.ts'
import type {
  Clock,
  Forecasting,
  HpaAnswer,
  HpaOriginal,
  HpaView,
  MetricsSource,
  PodsView,
  StartUpRecord,
  StateStore,
} from './ports.ts'
import type { Preparations } from './preparations.ts'
import { prepare } from './prepare.ts'
import { type StandIn, standInOf } from './stand-in.ts'
import { STEP_SECONDS, SYNC_SECONDS } from './timing.ts'
import type { SyncView } from './view.ts'
import { wantedOf } from './wanted.ts'

/** A history that failed to load is asked for again after this. */
const HISTORY_RETRY_MS = 60_000
/** A shorter lead is worth a new rehearsal only now and then; a longer one at once. */
const SHORTER_LEAD_AFTER_MS = 30 * 60_000
/** A pod that goes on starting lengthens the lead at every sync: not each is worth a rehearsal. */
const GROWING_LEAD_AFTER_MS = 5 * 60_000
/** In Auto the guard's target is given back when samples are this many steps old. */
const SURE_STEPS = 2

export interface ReconcilePorts extends ActPorts {
  clock: Clock
  sources: ReadonlyMap<string, MetricsSource>
  forecasting: Forecasting
  pods: PodsView
  state: StateStore
  preparations: Preparations
  /** Start-up samples as a text that outlives the controller. */
  startUpRecord?: StartUpRecord
  /** False once the object was changed or deleted since it was read. */
  isCurrent(scaler: PredictiveScaler): boolean
}

/** One sync of one scaler: observe, forecast, decide, act. What it saw goes to the publisher. */
export async function reconcile(
  ports: ReconcilePorts,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  signal: AbortSignal,
): Promise<SyncView> {
  const { clock, pods } = ports
  const nowMs = clock.nowMs()
  const { spec, metadata } = scaler
  const paused = isPaused(metadata.annotations)
  const startUps = recentStartUps(pods.startUps, nowMs / 1000)
  const learned = leadTime({ startUps, starting: pods.starting }, spec.leadTime)
  let hpa = await ports.actuator.read(signal)
  // Letting go needs no data: it comes before everything that may hang or fail.
  const lettingGo = paused || spec.mode === 'Observe'
  const held = pausedReplicas(metadata.annotations)
  if (held.kind === 'replicas' && spec.mode !== 'Observe') {
    if (hpa.kind === 'hpa') hpa = await holdPaused(ports, scaler, hpa.view, held.replicas, signal)
  } else if ((lettingGo || isOwnedElsewhere(hpa)) && holdsFinalizer(scaler)) {
    const released = await release(ports, scaler, signal)
    if (lettingGo) hpa = released ?? hpa
  }

  if (memory.generation !== metadata.generation) {
    const { notLiveSinceMs } = memory
    Object.assign(memory, createMemory(), { generation: metadata.generation, notLiveSinceMs })
  }
  const ownHpa = hpa.kind === 'hpa' ? hpa.view.original : null
  const said = await recall(ports, scaler, memory, signal)
  // What was kept comes before the first rehearsal, which it changes.
  if (said.ready) await keepLive(ports, scaler, memory, { learned, ownHpa, nowMs }, signal)

  const { live } = memory
  const advanced =
    live === null
      ? null
      : await advance(
          {
            ...{ id: idOf(scaler), spec, live, nowMs },
            hpa: hpa.kind === 'hpa' ? hpa.view : null,
            sources: ports.sources,
            forecasting: ports.forecasting,
          },
          signal,
        )
  const age = advanced?.sampleAgeSeconds ?? Infinity
  const standIn =
    hpa.kind === 'hpa' && live?.deliberation == null
      ? standInOf({ scaler, memory, hpa: hpa.view, leadSeconds: learned.startUpSeconds, nowMs })
      : null
  const fallback = live === null ? isStoodIn(scaler, standIn) : age > spec.fallback.afterSeconds
  tellFallback(ports, scaler, memory, fallback)

  // What changed meanwhile is reconciled next; nothing is written from what it was.
  if (!lettingGo && hpa.kind === 'hpa' && ports.isCurrent(scaler)) {
    hpa = await act(ports, scaler, hpa, memory, { age, standIn }, signal)
  }
  return {
    scaler,
    nowMs,
    paused,
    hpa,
    pods,
    startUps,
    leadTime: learned,
    live,
    notLive: memory.notLive,
    advanced,
    fallback,
    standIn,
    kept: { configMap: ports.state.nameOf(metadata.name), plan: memory.kept?.plan ?? null },
    said: said.lines,
  }
}

/** Two that scale one workload undo each other: whoever is refused lets go of all it moved. */
function isOwnedElsewhere(hpa: HpaAnswer): boolean {
  return hpa.kind === 'error' && hpa.reason === 'OtherOwner'
}

/** Paused at a number: the floor stands there, and the HPA keeps its own target above it. */
async function holdPaused(
  ports: ActPorts,
  scaler: PredictiveScaler,
  hpa: HpaView,
  replicas: number,
  signal: AbortSignal,
): Promise<HpaAnswer> {
  const { maxReplicas, original } = hpa
  const minReplicas = Math.min(Math.max(replicas, original.minReplicas), maxReplicas)
  const wanted = { minReplicas, guardUtilization: original.guardUtilization }
  return await write(ports, scaler, hpa, wanted, 'paused at a number of replicas', signal)
}

/** Deleted: the HPA is given back before the object may go. */
export async function finalize(
  ports: ActPorts,
  scaler: PredictiveScaler,
  signal: AbortSignal,
): Promise<HpaAnswer | null> {
  return await release(ports, scaler, signal)
}

/** A scaler that never moved anything, and of which no plan is kept, has nothing to fall back on. */
function isStoodIn(scaler: PredictiveScaler, standIn: StandIn | null): boolean {
  if (standIn === null || !standIn.failing) return false
  return standIn.decision !== null || holdsFinalizer(scaler)
}

/** What was kept from before the controller started: read once, and the start-ups put back. */
async function recall(
  ports: ReconcilePorts,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  signal: AbortSignal,
): Promise<{ lines: string[]; ready: boolean }> {
  if (memory.kept !== null) return { lines: [], ready: true }
  const { kept, said } = await readState(ports.state, scaler, signal)
  memory.kept = kept
  const { startUpRecord } = ports
  if (kept === null) return { lines: said, ready: false }
  if (kept.startUps === null || startUpRecord === undefined) return { lines: said, ready: true }
  startUpRecord.restore(kept.startUps)
  // The pods that this sync sees were read before: the lead is known from the next one on.
  return { lines: said, ready: false }
}

/** Names a scaler in all that lives beside its syncs. */
export function idOf({ metadata }: PredictiveScaler): string {
  return metadata.uid ?? `${metadata.namespace}/${metadata.name}`
}

/** Builds the workload from its history, and anew when its lead has changed. */
async function keepLive(
  ports: ReconcilePorts,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  known: { learned: LeadTime; ownHpa: HpaOriginal | null; nowMs: number },
  signal: AbortSignal,
): Promise<void> {
  const { spec } = scaler
  const { learned, ownHpa, nowMs } = known
  const lead = leadSteps(learned.startUpSeconds, SYNC_SECONDS, STEP_SECONDS)
  const { live } = memory
  const stands =
    live !== null &&
    (lead === live.workload.leadSteps ||
      nowMs - live.rehearsedAtMs < patienceMs(lead, live.workload.leadSteps, learned.source))
  const id = idOf(scaler)
  if (stands) ports.preparations.drop(id)
  if (stands || nowMs < memory.nextHistoryAtMs) return
  const { sources, forecasting, clock } = ports
  const checkpoint =
    live === null ? (memory.kept?.checkpoint?.checkpoint ?? null) : checkpointOf(live.workload)
  const asked = { spec, leadTime: learned, ownHpa, checkpoint, sources, forecasting }
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

async function act(
  ports: ReconcilePorts,
  scaler: PredictiveScaler,
  hpa: Extract<HpaAnswer, { kind: 'hpa' }>,
  memory: ScalerMemory,
  { age, standIn }: { age: number; standIn: StandIn | null },
  signal: AbortSignal,
): Promise<HpaAnswer> {
  const deliberation = memory.live?.deliberation ?? null
  const fresh = age <= SURE_STEPS * STEP_SECONDS
  const expired =
    standIn?.expired ?? (!fresh && (deliberation?.decision.absent.includes('NoForecast') ?? false))
  const decision = deliberation?.decision ?? standIn?.decision ?? null
  const wanted = wantedOf({
    spec: scaler.spec,
    hpa: hpa.view,
    replicas: decision?.replicas ?? null,
    // Decided from a whole and fresh sample: all else may raise, and nothing more.
    sure: fresh && ports.pods.synced && deliberation?.demandAhead != null,
    trusted: deliberation?.trusted ?? false,
    held: holdsFinalizer(scaler),
    planExpired: expired,
  })
  if (wanted === null) return hpa
  const reasons = decision === null ? [] : [decision.reason, ...decision.absent]
  const why = (deliberation === null ? [...reasons, memory.notLive.reason] : reasons).join(', ')
  return await write(ports, scaler, hpa.view, wanted, why, signal)
}

function tellFallback(
  ports: ActPorts,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  fallback: boolean,
): void {
  if (fallback === memory.fallback) return
  memory.fallback = fallback
  const { namespace, name } = keyOf(scaler)
  if (fallback) {
    ports.events.emit(
      scaler,
      'Warning',
      'FallbackStarted',
      `no fresh samples for ${namespace}/${name}; the floor is held`,
    )
  } else ports.events.emit(scaler, 'Normal', 'FallbackEnded', 'samples are fresh again')
}
