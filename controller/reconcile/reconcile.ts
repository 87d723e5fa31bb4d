import { leadSteps, leadTime } from '../../forecaster/lead-time/lead-time.ts'
import { isPaused } from '../api/paused.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { type ActPorts, holdsFinalizer, keyOf, release, write } from './act.ts'
import { advance } from './advance.ts'
import { createMemory, type ScalerMemory } from './memory.ts'
import type { Clock, Forecasting, HpaAnswer, MetricsSource, PodsView } from './ports.ts'
import { prepare } from './prepare.ts'
import { STEP_SECONDS, SYNC_SECONDS } from './timing.ts'
import type { SyncView } from './view.ts'
import { wantedOf } from './wanted.ts'

/** A history that failed to load is asked for again after this. */
const HISTORY_RETRY_MS = 60_000
/** A shorter lead is worth a new rehearsal only now and then; a longer one at once. */
const SHORTER_LEAD_AFTER_MS = 30 * 60_000
/** In Auto the guard's target is given back when samples are this many steps old. */
const SURE_STEPS = 2
/** The day-ahead plan reaches at least this far: for so long a floor is held without any data. */
const PLAN_MS = 24 * 3600_000

export interface ReconcilePorts extends ActPorts {
  clock: Clock
  sources: ReadonlyMap<string, MetricsSource>
  forecasting: Forecasting
  pods: PodsView
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
  const startUps = pods.startUps.map(({ startUpSeconds }) => startUpSeconds)
  const learned = leadTime(startUps, spec.leadTime)
  let hpa = await ports.actuator.read(signal)
  // Letting go needs no data: it comes before everything that may hang or fail.
  const lettingGo = paused || spec.mode === 'Observe'
  if (lettingGo && holdsFinalizer(scaler)) hpa = (await release(ports, scaler, signal)) ?? hpa

  if (memory.generation !== metadata.generation) {
    const { notLiveSinceMs } = memory
    Object.assign(memory, createMemory(), { generation: metadata.generation, notLiveSinceMs })
  }
  await keepLive(ports, scaler, memory, learned, nowMs, signal)

  const { live } = memory
  const advanced =
    live === null
      ? null
      : await advance(
          {
            spec,
            live,
            nowMs,
            hpa: hpa.kind === 'hpa' ? hpa.view : null,
            sources: ports.sources,
            forecasting: ports.forecasting,
          },
          signal,
        )
  const age = advanced?.sampleAgeSeconds ?? Infinity
  const fallback = live !== null && age > spec.fallback.afterSeconds
  tellFallback(ports, scaler, memory, fallback)

  // What changed meanwhile is reconciled next; nothing is written from what it was.
  if (!lettingGo && hpa.kind === 'hpa' && ports.isCurrent(scaler)) {
    hpa = await act(ports, scaler, hpa, memory, age, signal)
  }
  return {
    scaler,
    nowMs,
    paused,
    hpa,
    pods,
    leadTime: learned,
    live,
    notLive: memory.notLive,
    advanced,
    fallback,
  }
}

/** Deleted: the HPA is given back before the object may go. */
export async function finalize(
  ports: ActPorts,
  scaler: PredictiveScaler,
  signal: AbortSignal,
): Promise<HpaAnswer | null> {
  return await release(ports, scaler, signal)
}

/** Builds the workload from its history, and anew when its lead has changed. */
async function keepLive(
  ports: ReconcilePorts,
  { spec }: PredictiveScaler,
  memory: ScalerMemory,
  learned: ReturnType<typeof leadTime>,
  nowMs: number,
  signal: AbortSignal,
): Promise<void> {
  const lead = leadSteps(learned.startUpSeconds, SYNC_SECONDS, STEP_SECONDS)
  const { live } = memory
  const stands =
    live !== null &&
    (lead === live.workload.leadSteps ||
      (lead < live.workload.leadSteps && nowMs - live.rehearsedAtMs < SHORTER_LEAD_AFTER_MS))
  if (stands || nowMs < memory.nextHistoryAtMs) return
  const { sources, forecasting } = ports
  const prepared = await prepare({ spec, leadTime: learned, nowMs, sources, forecasting }, signal)
  memory.notLiveSinceMs = 'live' in prepared ? null : (memory.notLiveSinceMs ?? nowMs)
  if ('live' in prepared) {
    const { workload } = prepared.live
    // What stands, stands: a new rehearsal may disagree, but without data nothing falls.
    if (live !== null) {
      workload.standing = live.workload.standing
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

async function act(
  ports: ReconcilePorts,
  scaler: PredictiveScaler,
  hpa: Extract<HpaAnswer, { kind: 'hpa' }>,
  memory: ScalerMemory,
  sampleAgeSeconds: number,
  signal: AbortSignal,
): Promise<HpaAnswer> {
  const { live, notLiveSinceMs } = memory
  const deliberation = live?.deliberation ?? null
  const fresh = sampleAgeSeconds <= SURE_STEPS * STEP_SECONDS
  const expired =
    live === null
      ? ports.clock.nowMs() - (notLiveSinceMs ?? Infinity) > PLAN_MS
      : !fresh && (deliberation?.decision.absent.includes('NoForecast') ?? false)
  const wanted = wantedOf({
    spec: scaler.spec,
    hpa: hpa.view,
    replicas: deliberation?.decision.replicas ?? null,
    // Decided from a whole and fresh sample: all else may raise, and nothing more.
    sure: fresh && ports.pods.synced && deliberation?.demandAhead != null,
    held: holdsFinalizer(scaler),
    planExpired: expired,
  })
  if (wanted === null) return hpa
  const why =
    deliberation === null
      ? memory.notLive.reason
      : [deliberation.decision.reason, ...deliberation.decision.absent].join(', ')
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
