import type { PredictiveScaler } from '../api/schema.ts'
import type { ScalerReadings } from '../telemetry/scaler-metrics.ts'
import { keyOf } from './act.ts'
import { createMemory, type ScalerMemory } from './memory.ts'
import type { ObjectKey } from './ports.ts'
import { publishStatus } from './publish.ts'
import { readingsOf } from './readings-of.ts'
import { finalize, type ReconcilePorts, reconcile } from './reconcile.ts'
import { SYNC_SECONDS, untilNextSyncMs } from './timing.ts'

/** What the loop needs beside what one reconcile needs. */
export interface LoopPorts {
  /** Ports of one scaler: its actuator and its pods. */
  portsFor(scaler: PredictiveScaler, signal: AbortSignal): Promise<ReconcilePorts>
  clock: ReconcilePorts['clock']
  /** Every scaler known now, by uid. */
  scalers(): ReadonlyMap<string, PredictiveScaler>
  metrics: {
    set(key: ObjectKey, readings: ScalerReadings): void
    remove(key: ObjectKey): void
    countDecision(key: ObjectKey, reason: string): void
    countSourceError(key: ObjectKey, reason: string): void
  }
  log: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
  }
  /** The scaler is gone: what was kept of it may go. */
  forget(key: ObjectKey): void
  /** A reconcile finished, well or badly. */
  beat(seconds: number): void
}

/** A reconcile that takes longer has hung: it is given up, and the next sync starts afresh. */
const RECONCILE_DEADLINE_MS = 90_000
/** So long may pass between two finished reconciles while all is well, for the health check. */
export const BEAT_SECONDS = RECONCILE_DEADLINE_MS / 1000 + SYNC_SECONDS

/** Reconciles every scaler at each sync, each on its own: a broken one is no other's business. */
export class ControllerLoop {
  readonly #ports: LoopPorts
  readonly #memories = new Map<string, { memory: ScalerMemory; key: ObjectKey; step: number }>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()

  constructor(ports: LoopPorts) {
    this.#ports = ports
  }

  /** Syncs until the signal aborts; then waits for the reconciles under way. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.syncAll(signal)
      try {
        await this.#ports.clock.sleep(untilNextSyncMs(this.#ports.clock.nowMs()), signal)
      } catch {
        break
      }
    }
    await Promise.allSettled(this.#running.values())
  }

  /** Starts a reconcile of every scaler that is not being reconciled already. */
  syncAll(signal: AbortSignal): void {
    const scalers = this.#ports.scalers()
    for (const [uid, { key }] of this.#memories) {
      if (scalers.has(uid)) continue
      this.#memories.delete(uid)
      this.#forget(key)
    }
    for (const uid of scalers.keys()) if (!this.#running.has(uid)) void this.syncOne(uid, signal)
    if (scalers.size === 0) this.#ports.beat(0)
  }

  /** Also called between syncs, when an object changed. Resolves when that reconcile is done. */
  syncOne(uid: string, signal: AbortSignal): Promise<void> {
    const running = this.#running.get(uid)
    if (running !== undefined) {
      this.#again.add(uid)
      return running
    }
    const started = this.#reconcile(uid, signal).finally(() => {
      this.#running.delete(uid)
      // What changed while it ran has not been seen yet.
      if (this.#again.delete(uid) && !signal.aborted) void this.syncOne(uid, signal)
    })
    this.#running.set(uid, started)
    return started
  }

  async #reconcile(uid: string, signal: AbortSignal): Promise<void> {
    const scaler = this.#ports.scalers().get(uid)
    if (scaler === undefined) return
    const key = keyOf(scaler)
    const { clock, log } = this.#ports
    const startedMs = clock.nowMs()
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(RECONCILE_DEADLINE_MS)])
    try {
      await this.#once(uid, scaler, deadline)
    } catch (error) {
      if (!signal.aborted)
        log.warn(
          { ...key, err: error },
          'Failed to reconcile PredictiveScaler; tried again at the next sync',
        )
    } finally {
      this.#ports.beat((clock.nowMs() - startedMs) / 1000)
    }
  }

  async #once(uid: string, scaler: PredictiveScaler, signal: AbortSignal): Promise<void> {
    const key = keyOf(scaler)
    const { log, metrics } = this.#ports
    const ports = await this.#ports.portsFor(scaler, signal)
    if (scaler.metadata.deletionTimestamp != null) {
      const answer = await finalize(ports, scaler, signal)
      if (answer?.kind === 'error')
        log.warn(
          { ...key, why: answer.message },
          'Failed to give the HPA back; tried again at the next sync',
        )
      else if (answer !== null) log.info(key, 'Released PredictiveScaler')
      this.#forget(key)
      return
    }
    const entry = this.#memories.get(uid) ?? { memory: createMemory(), key, step: -1 }
    this.#memories.set(uid, entry)
    const view = await reconcile(ports, scaler, entry.memory, signal)
    // Deleted meanwhile: its series must not come back.
    if (!this.#ports.scalers().has(uid)) return
    metrics.set(key, readingsOf(view))
    for (const { reason } of view.advanced?.problems ?? []) metrics.countSourceError(key, reason)
    const deliberation = view.live?.deliberation
    if (deliberation != null && deliberation.step > entry.step) {
      entry.step = deliberation.step
      const { replicas, reason } = deliberation.decision
      metrics.countDecision(key, reason)
      const { mode } = scaler.spec
      log.info({ ...key, replicas, reason, mode, signal: view.live?.binding }, 'Decided replicas')
    }
    const trouble = await publishStatus(ports.store, view, entry.memory, signal)
    if (trouble !== null)
      log.warn({ ...key, why: trouble }, 'Failed to write status; tried again at the next sync')
  }

  #forget(key: ObjectKey): void {
    this.#ports.metrics.remove(key)
    this.#ports.forget(key)
  }
}
