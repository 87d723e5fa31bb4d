import type { PredictiveScaler } from '../api/schema.ts'
import type { InvalidScaler, StoredScaler } from '../api/stored-scaler.ts'
import type { ScalerReadings } from '../telemetry/scaler-metrics.ts'
import { keyOf } from './act.ts'
import { backOffMs } from './back-off.ts'
import { keepAtStop, keepState } from './keep-state.ts'
import { createMemory, type ScalerMemory } from './memory.ts'
import type { ObjectKey } from './ports.ts'
import { publishStatus } from './publish.ts'
import { readingsOf } from './readings-of.ts'
import { finalize, type ReconcilePorts, reconcile } from './reconcile.ts'
import { SYNC_SECONDS, untilNextSyncMs } from './timing.ts'
import { WorkQueue } from './work-queue.ts'

/** What the loop needs beside what one reconcile needs. */
export interface LoopPorts {
  /** Ports of one scaler: its actuator and its pods. */
  portsFor(scaler: PredictiveScaler, signal: AbortSignal): Promise<ReconcilePorts>
  /** Says of an object that this version cannot take what is wrong; null when nothing went wrong in saying it. */
  refuse(scaler: InvalidScaler, signal: AbortSignal): Promise<string | null>
  clock: ReconcilePorts['clock']
  random: () => number
  /** Every scaler known now, by uid. */
  scalers(): ReadonlyMap<string, StoredScaler>
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

/** What is known of one scaler: from its last reconcile on. */
interface Entry {
  memory: ScalerMemory
  key: ObjectKey
  /** The step decided last. */
  step: number
  ports: ReconcilePorts
}

/** Reconciles wait for Prometheus and the API server; more at once would only press both harder. */
const AT_ONCE = 32
/** A reconcile that takes longer has hung: it is given up, and the next sync starts afresh. */
const RECONCILE_DEADLINE_MS = 90_000
/** A stop takes no longer for what can be learned again. */
const KEEP_DEADLINE_MS = 5_000
const KEPT_AT_ONCE = 16
/** So long may pass between two finished reconciles while all is well, for the health check. */
export const BEAT_SECONDS = RECONCILE_DEADLINE_MS / 1000 + SYNC_SECONDS

/** Reconciles every scaler at each sync, each on its own: a broken one is no other's business. */
export class ControllerLoop {
  readonly #ports: LoopPorts
  readonly #memories = new Map<string, Entry>()
  readonly #failures = new Map<string, { count: number; untilMs: number }>()
  readonly #queue: WorkQueue
  #signal = AbortSignal.abort()

  constructor(ports: LoopPorts) {
    this.#ports = ports
    this.#queue = new WorkQueue(AT_ONCE, (uid) => this.#reconcile(uid, this.#signal))
  }

  /** Syncs until the signal aborts; then waits for the reconciles under way, and keeps what was learned. */
  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal
    while (!signal.aborted) {
      this.syncAll()
      try {
        await this.#ports.clock.sleep(untilNextSyncMs(this.#ports.clock.nowMs()), signal)
      } catch {
        break
      }
    }
    await this.#queue.drain()
    for (const [uid, { ports }] of this.#memories) ports.preparations.drop(uid)
    await this.#keepAll()
    for (const { key } of this.#memories.values()) this.#forget(key)
  }

  /** Asks for a reconcile of every scaler that is not being reconciled already, nor left alone after failures. */
  syncAll(): void {
    const scalers = this.#ports.scalers()
    for (const [uid, { key, ports }] of this.#memories) {
      if (scalers.has(uid)) continue
      this.#memories.delete(uid)
      ports.preparations.drop(uid)
      this.#forget(key)
    }
    for (const uid of this.#failures.keys()) if (!scalers.has(uid)) this.#failures.delete(uid)
    const nowMs = this.#ports.clock.nowMs()
    for (const uid of scalers.keys()) {
      const { untilMs = -Infinity } = this.#failures.get(uid) ?? {}
      if (nowMs >= untilMs && !this.#queue.isRunning(uid)) void this.#queue.add(uid)
    }
    if (scalers.size === 0) this.#ports.beat(0)
  }

  /** Between syncs, when an object changed: before all that waits. Resolves when that reconcile is done. */
  syncOne(uid: string, signal: AbortSignal = this.#signal): Promise<void> {
    this.#signal = signal
    return signal.aborted ? Promise.resolve() : this.#queue.add(uid, true)
  }

  async #reconcile(uid: string, signal: AbortSignal): Promise<void> {
    const stored = this.#ports.scalers().get(uid)
    if (stored === undefined) return
    const { clock, log, random } = this.#ports
    const key = keyOf(stored.scaler)
    const startedMs = clock.nowMs()
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(RECONCILE_DEADLINE_MS)])
    try {
      if (stored.valid) await this.#once(uid, stored.scaler, deadline)
      else await this.#refuse(stored.scaler, deadline)
      this.#failures.delete(uid)
    } catch (error) {
      if (signal.aborted) return
      const count = (this.#failures.get(uid)?.count ?? 0) + 1
      const waitMs = backOffMs(count, random())
      this.#failures.set(uid, { count, untilMs: clock.nowMs() + waitMs })
      const tried = { failures: count, againInSeconds: Math.round(waitMs / 1000) }
      log.warn({ ...key, ...tried, err: error }, 'Failed to reconcile PredictiveScaler')
    } finally {
      this.#ports.beat((clock.nowMs() - startedMs) / 1000)
    }
  }

  /** What was learned under a spec that was well is of no use any more: it is learned again once it is mended. */
  async #refuse(scaler: InvalidScaler, signal: AbortSignal): Promise<void> {
    const key = keyOf(scaler)
    this.#memories.delete(scaler.metadata.uid ?? '')
    this.#forget(key)
    const trouble = await this.#ports.refuse(scaler, signal)
    if (trouble !== null)
      this.#ports.log.warn({ ...key, why: trouble }, 'Failed to refuse PredictiveScaler')
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
    const entry = this.#memories.get(uid) ?? { memory: createMemory(), key, step: -1, ports }
    entry.ports = ports
    this.#memories.set(uid, entry)
    const view = await reconcile(ports, scaler, entry.memory, signal)
    if (view.again) void this.#queue.add(uid, true)
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
    for (const why of view.said) log.warn({ ...key, why }, 'Not all that was kept can be used')
    const now = { nowMs: view.nowMs, startUps: ports.startUpRecord?.text() ?? null }
    this.#tellKept(key, await keepState(ports.state, scaler, entry.memory, now, signal))
  }

  /** The controller stops: the next one goes on from here. What is not kept in time is learned anew. */
  async #keepAll(): Promise<void> {
    const signal = AbortSignal.timeout(KEEP_DEADLINE_MS)
    const waiting = [...this.#memories]
    const nowMs = this.#ports.clock.nowMs()
    const keepOneByOne = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined && !signal.aborted; next = waiting.pop()) {
        const [uid, { memory, key, ports }] = next
        const stored = this.#ports.scalers().get(uid)
        if (stored === undefined || !stored.valid) continue
        const now = { nowMs, startUps: ports.startUpRecord?.text() ?? null }
        const kept = keepAtStop(ports.state, stored.scaler, memory, now, signal)
        this.#tellKept(key, await kept.catch(() => 'there was no time left'))
      }
    }
    await Promise.all(Array.from({ length: KEPT_AT_ONCE }, keepOneByOne))
  }

  #tellKept(key: ObjectKey, trouble: string | null): void {
    if (trouble === null) return
    this.#ports.log.warn({ ...key, why: trouble }, 'Failed to keep plan and checkpoint')
  }

  #forget(key: ObjectKey): void {
    this.#ports.metrics.remove(key)
    this.#ports.forget(key)
  }
}
