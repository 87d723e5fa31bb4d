import type { ApiRequests } from './connect.ts'
import { KubernetesError, type KubernetesErrorReason, kubernetesError } from './errors.ts'
import { listPages } from './list-pages.ts'
import { metadataRequests } from './metadata-requests.ts'
import { oneLine } from './one-line.ts'
import { systemTiming, type Timing } from './timing.ts'
import { attemptWatch, SilentError } from './watch-attempt.ts'
import { createWatchCache } from './watch-cache.ts'
import {
  defaultWatchLimits,
  firstWatchState,
  next,
  type WatchEvent,
  type WatchLimits,
  type WatchState,
  waitMs,
} from './watch-state.ts'

export interface WatchTrouble {
  /** Silent: nothing was heard; Unreadable: one object; CallbackFailed: the caller's own code threw. */
  reason: KubernetesErrorReason | 'Silent' | 'Unreadable' | 'CallbackFailed'
  message: string
}

export interface WatchOptions<T> {
  api: ApiRequests
  /** A collection: see collectionPath. */
  path: string
  labelSelector?: string
  /** Asks for the metadata of the objects alone. */
  metadataOnly?: boolean
  /** Makes of an object (raw JSON, times as text) what is kept of it; may throw. */
  parse: (object: unknown) => T
  onChange?: (item: T, previous: T | undefined) => void
  onDelete?: (item: T) => void
  /** After each whole list; from the first one on the items are complete. */
  onSync?: () => void
  /** For the log and a counter: the watch goes on by itself. */
  onTrouble?: (trouble: WatchTrouble) => void
  /** Nothing heard for longer than this is stale; 120 s by default. */
  staleMs?: number
  limits?: Partial<WatchLimits>
  timing?: Timing
}

export interface Watch<T> {
  /** What the cluster holds, by uid. */
  items: ReadonlyMap<string, T>
  state(): WatchState
  /** A whole list came through once. */
  synced(): boolean
  /** Not synced, or nothing heard for too long: the items may be out of date. */
  stale(): boolean
  /** Milliseconds since something was heard; undefined before the first list. */
  heardAgoMs(): number | undefined
  /** Lists and watches until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>
}

const LIST_DEADLINE_MS = 30_000

/**
 * Keeps a copy of one collection: list, then watch with bookmarks, for ever. client-node's own watch and
 * informer go deaf or stop for good (research/reliability.md, part 4), hence this one.
 */
export function createWatch<T>(options: WatchOptions<T>): Watch<T> {
  const { path, timing = systemTiming, staleMs = 120_000 } = options
  const api = options.metadataOnly === true ? metadataRequests(options.api) : options.api
  const limits = { ...defaultWatchLimits, ...options.limits }
  const query = options.labelSelector === undefined ? {} : { labelSelector: options.labelSelector }
  let state = firstWatchState
  let syncedOnce = false
  let heardAtMs: number | undefined

  const trouble = (reason: WatchTrouble['reason'], error: unknown) => {
    const what = error instanceof Error ? error.message : String(error)
    const message = error instanceof KubernetesError ? what : `watch ${path}: ${what}`
    try {
      options.onTrouble?.({ reason, message: oneLine(message, 400) })
    } catch {
      // Nobody is left to tell, and the watch must go on.
    }
  }
  const guarded = (callback: () => void) => {
    try {
      callback()
    } catch (error) {
      trouble('CallbackFailed', error)
    }
  }
  const cache = createWatchCache<T>({
    parse: options.parse,
    onChange: (item, previous) => {
      guarded(() => options.onChange?.(item, previous))
    },
    onDelete: (item) => {
      guarded(() => options.onDelete?.(item))
    },
    onUnreadable: (error) => {
      trouble('Unreadable', error)
    },
  })
  const onHeard = () => {
    heardAtMs = timing.monotonicMs()
  }

  async function list(signal: AbortSignal): Promise<WatchEvent> {
    const seen = new Set<string>()
    const put = (object: unknown) => {
      const uid = cache.put(object)
      if (uid !== undefined) seen.add(uid)
    }
    const resourceVersion = await listPages(api, path, query, put, signal, LIST_DEADLINE_MS)
    cache.keepOnly(seen)
    onHeard()
    syncedOnce = true
    guarded(() => options.onSync?.())
    return { type: 'listed', resourceVersion, atMs: timing.monotonicMs() }
  }

  async function watch(resourceVersion: string, signal: AbortSignal): Promise<WatchEvent> {
    const { inactivityMs } = limits
    const startedAtMs = timing.monotonicMs()
    const onChange: Parameters<typeof attemptWatch>[0]['onChange'] = ({ type, object }) => {
      if (type === 'DELETED') cache.remove(object)
      else if (type !== 'BOOKMARK') cache.put(object)
      const version = object.metadata?.resourceVersion
      if (version !== undefined) state = next(state, { type: 'heard', resourceVersion: version })
    }
    const attempt = { api, path, query, resourceVersion, inactivityMs, timing, onChange, onHeard }
    try {
      await attemptWatch(attempt, signal)
      const atMs = timing.monotonicMs()
      return { type: 'ended', atMs, livedMs: atMs - startedAtMs }
    } catch (error) {
      return failure(error, timing.monotonicMs() - startedAtMs, signal)
    }
  }

  function failure(error: unknown, livedMs: number, signal: AbortSignal): WatchEvent {
    if (signal.aborted) return { type: 'stopped' }
    if (error instanceof SilentError) {
      trouble('Silent', error)
      return { type: 'failed', atMs: timing.monotonicMs(), livedMs, retryAfterMs: 0 }
    }
    const typed = kubernetesError(error, `watch ${path}`)
    trouble(typed.reason, typed)
    if (typed.reason === 'Gone') return { type: 'gone', livedMs }
    const retryAfterMs = (typed.retryAfterSeconds ?? 0) * 1000
    return { type: 'failed', atMs: timing.monotonicMs(), livedMs, retryAfterMs }
  }

  async function step(signal: AbortSignal): Promise<WatchEvent> {
    switch (state.phase) {
      case 'listing':
        return list(signal)
      case 'watching':
        return watch(state.resourceVersion, signal)
      case 'waiting':
        await timing.sleep(waitMs(state, timing.random(), limits), signal)
        return { type: 'woke' }
      case 'stopped':
        return { type: 'stopped' }
    }
  }

  const heardAgoMs = () => (heardAtMs === undefined ? undefined : timing.monotonicMs() - heardAtMs)
  return {
    items: cache.items,
    state: () => state,
    synced: () => syncedOnce,
    stale: () => !syncedOnce || (heardAgoMs() ?? Number.POSITIVE_INFINITY) > staleMs,
    heardAgoMs,
    async run(signal) {
      while (!signal.aborted && state.phase !== 'stopped') {
        const event = await step(signal).catch((error: unknown) => failure(error, 0, signal))
        state = next(state, event, limits)
      }
      state = { phase: 'stopped' }
    },
  }
}
