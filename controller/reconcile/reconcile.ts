import type { Decision } from '../../forecaster/decide/decide.ts'
import { leadTime } from '../../forecaster/lead-time/lead-time.ts'
import { recentStartUps } from '../../forecaster/lead-time/recent-start-ups.ts'
import { isPaused, pausedReplicas } from '../api/paused.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { chosenStartUps } from '../lifecycle/chosen-start-ups.ts'
import { isFailing } from '../lifecycle/failing.ts'
import { type ActPorts, holdsFinalizer, keyOf, release, write } from './act.ts'
import { advance } from './advance.ts'
import { idOf, keepLive, type LivePorts, leadOf, recall } from './keep-live.ts'
import { createMemory, type ScalerMemory } from './memory.ts'
import type { HpaAnswer, HpaView, PodsView, UsageNow } from './ports.ts'
import { type StandIn, standInOf } from './stand-in.ts'
import { STEP_SECONDS } from './timing.ts'
import type { SyncView } from './view.ts'
import { wantedOf } from './wanted.ts'

/** In Auto the guard's target is given back when samples are this many steps old. */
const SURE_STEPS = 2

export interface ReconcilePorts extends ActPorts, LivePorts {
  pods: PodsView
  /** Left out, nothing stands in for a sample that is late. */
  usageNow?: UsageNow
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
  const chosen = chosenStartUps(pods.startUps, pods.revision)
  const startUps = recentStartUps(chosen, nowMs / 1000)
  const learned = leadTime({ startUps, starting: pods.starting }, spec.leadTime)
  // Letting go needs no data: it comes before everything that may hang or fail.
  const lettingGo = paused || spec.mode === 'Observe'
  let hpa = await foundOrLetGo(ports, scaler, lettingGo, signal)

  forgetOtherSpec(memory, metadata.generation)
  const ownHpa = hpa.kind === 'hpa' ? hpa.view.original : null
  const said = await recall(ports, scaler, memory, signal)
  // What was kept comes before the first rehearsal, which it changes.
  if (said.ready) await keepLive(ports, scaler, memory, { learned, ownHpa, nowMs }, signal)

  const { live } = memory
  const view = hpa.kind === 'hpa' ? hpa.view : null
  const { sources, forecasting, usageNow, loadRecord } = ports
  const { namespace } = metadata
  const around = {
    id: idOf(scaler),
    namespace,
    spec,
    usageNow,
    nowMs,
    hpa: view,
    sources,
    forecasting,
    loadRecord,
  }
  const advanced = live === null ? null : await advance({ ...around, live }, signal)
  const age = advanced?.sampleAgeSeconds ?? Infinity
  const standIn =
    view !== null && live?.deliberation == null
      ? standInOf({ scaler, memory, hpa: view, leadSteps: leadOf(learned), nowMs })
      : null
  const fallback =
    live === null ? isStoodIn(scaler, standIn, memory.fallback) : age > spec.fallback.afterSeconds
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
    highestLoads: ports.loadRecord?.list() ?? [],
    startUps,
    leadTime: learned,
    live,
    notLive: memory.notLive,
    advanced,
    fallback,
    standIn,
    kept: { configMap: ports.state.nameOf(metadata.name), plan: memory.kept?.plan ?? null },
    said: said.lines,
    // What was put back is seen by the next sync: it comes at once.
    again: !said.ready && memory.kept !== null,
  }
}

/** What was learned under another spec is of no use; what was seen of the pods is. */
function forgetOtherSpec(memory: ScalerMemory, generation: number | undefined): void {
  if (memory.generation === generation) return
  const { notLiveSinceMs, startUpsRestored } = memory
  Object.assign(memory, createMemory(), { generation, notLiveSinceMs, startUpsRestored })
}

/** The HPA as it is found, or as it was given back where it is not to be moved. */
async function foundOrLetGo(
  ports: ActPorts,
  scaler: PredictiveScaler,
  lettingGo: boolean,
  signal: AbortSignal,
): Promise<HpaAnswer> {
  const found = await ports.actuator.read(signal)
  const held = pausedReplicas(scaler.metadata.annotations)
  if (held.kind === 'replicas' && scaler.spec.mode !== 'Observe') {
    if (found.kind !== 'hpa') return found
    return await holdPaused(ports, scaler, found.view, held.replicas, signal)
  }
  if (!(lettingGo || isOwnedElsewhere(found)) || !holdsFinalizer(scaler)) return found
  const released = await release(ports, scaler, signal)
  return lettingGo ? (released ?? found) : found
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

/**
 * Whether the plan, or the floor alone, stands in for a history that cannot be read. A scaler that never moved
 * anything, and of which no plan is kept, has nothing to fall back on.
 *
 * @param before what was true at the sync before: while the HPA cannot be read, nothing new is known
 */
function isStoodIn(scaler: PredictiveScaler, standIn: StandIn | null, before: boolean): boolean {
  if (standIn === null) return before
  return standIn.failing && (standIn.decision !== null || holdsFinalizer(scaler))
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
  const decision = deliberation?.decision ?? standIn?.decision ?? null
  const fresh = age <= SURE_STEPS * STEP_SECONDS
  const { pods } = ports
  const wanted = wantedOf({
    spec: scaler.spec,
    hpa: hpa.view,
    replicas: decision?.replicas ?? null,
    // Decided from a whole and fresh sample, for pods that are well: all else may raise, and nothing more.
    sure: fresh && areWell(pods) && deliberation?.demandAhead != null,
    mayRaise: pods.noRoom?.tryAgain !== false,
    trusted: deliberation?.trusted ?? false,
    held: holdsFinalizer(scaler),
    planExpired: standIn?.expired ?? (!fresh && lacksForecast(decision)),
  })
  if (wanted === null) return hpa
  const why = whyOf(decision, deliberation === null ? [memory.notLive.reason] : [])
  return await write(ports, scaler, hpa.view, wanted, why, signal)
}

function areWell(pods: PodsView): boolean {
  return pods.synced && !isFailing(pods)
}

function lacksForecast(decision: Decision | null): boolean {
  return decision?.absent.includes('NoForecast') ?? false
}

function whyOf(decision: Decision | null, besides: string[]): string {
  const reasons = decision === null ? [] : [decision.reason, ...decision.absent]
  return [...reasons, ...besides].join(', ')
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
