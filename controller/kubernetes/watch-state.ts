/** Durations of a watch, in milliseconds. */
export interface WatchLimits {
  /** Nothing heard on an open watch for so long: the connection is taken for dead. */
  inactivityMs: number
  /** Everything is listed again after so long, at the next end of a watch, however it ends. */
  relistMs: number
  /** A watch that lived so long proves that all is well: failures are forgotten. */
  healthyMs: number
  /** A watch that the server ends sooner than this counts as a failure, against tight loops. */
  shortMs: number
  firstBackoffMs: number
  maxBackoffMs: number
  /** The longest that a server may ask to wait: a slip of a proxy must not deafen for a day. */
  maxRetryAfterMs: number
  /** After so many failures in a row the resource version itself is doubted, and all is listed again. */
  failuresUntilRelist: number
}

export const defaultWatchLimits: WatchLimits = {
  inactivityMs: 90_000,
  relistMs: 600_000,
  healthyMs: 60_000,
  shortMs: 5_000,
  firstBackoffMs: 1_000,
  maxBackoffMs: 30_000,
  maxRetryAfterMs: 300_000,
  failuresUntilRelist: 5,
}

interface Position {
  resourceVersion: string
  listedAtMs: number
}

/** What a watch is doing. `failures` counts those in a row. */
export type WatchState =
  | { phase: 'listing'; failures: number }
  | ({ phase: 'watching'; failures: number } & Position)
  | { phase: 'waiting'; failures: number; atLeastMs: number; resume: Position | 'list' }
  | { phase: 'stopped' }

export type WatchEvent =
  | { type: 'listed'; resourceVersion: string; atMs: number }
  /** A change or a bookmark came with this resource version. */
  | { type: 'heard'; resourceVersion: string }
  /** The server ended the watch, as it does after timeoutSeconds. */
  | { type: 'ended'; atMs: number; livedMs: number }
  /** A list or a watch failed, whatever the reason; `retryAfterMs` is what the server asked for. */
  | { type: 'failed'; atMs: number; livedMs: number; retryAfterMs: number }
  /** The server no longer knows the resource version (410). */
  | { type: 'gone'; livedMs: number }
  | { type: 'woke' }
  | { type: 'stopped' }

export const firstWatchState: WatchState = { phase: 'listing', failures: 0 }

/** The state after an event. An event that cannot happen in a state leaves it as it is. */
export function next(
  state: WatchState,
  event: WatchEvent,
  limits: WatchLimits = defaultWatchLimits,
): WatchState {
  if (state.phase === 'stopped' || event.type === 'stopped') return { phase: 'stopped' }
  switch (state.phase) {
    case 'listing':
      return afterListing(state, event)
    case 'watching':
      return afterWatching(state, event, limits)
    case 'waiting': {
      if (event.type !== 'woke') return state
      const { failures, resume } = state
      return resume === 'list'
        ? { phase: 'listing', failures }
        : { phase: 'watching', failures, ...resume }
    }
  }
}

type Phase<P> = Extract<WatchState, { phase: P }>

function afterListing(state: Phase<'listing'>, event: WatchEvent): WatchState {
  const { failures } = state
  switch (event.type) {
    case 'listed': {
      const { resourceVersion, atMs } = event
      return { phase: 'watching', failures, resourceVersion, listedAtMs: atMs }
    }
    case 'failed':
      return wait(failures + 1, 'list', event.retryAfterMs)
    case 'gone':
      return wait(failures + 1, 'list')
    case 'heard':
    case 'ended':
    case 'woke':
    case 'stopped':
      return state
  }
}

function afterWatching(
  state: Phase<'watching'>,
  event: WatchEvent,
  limits: WatchLimits,
): WatchState {
  const { resourceVersion, listedAtMs } = state
  const position = { resourceVersion, listedAtMs }
  const before = (livedMs: number) => (livedMs >= limits.healthyMs ? 0 : state.failures)
  // A connection that breaks again and again, each time after it was well, is as old as any other.
  const resume = (failures: number, { atMs }: { atMs: number }): Position | 'list' =>
    failures >= limits.failuresUntilRelist || atMs - listedAtMs >= limits.relistMs
      ? 'list'
      : position
  switch (event.type) {
    case 'heard':
      return { ...state, resourceVersion: event.resourceVersion }
    case 'ended': {
      const failures = before(event.livedMs)
      if (event.livedMs < limits.shortMs) return wait(failures + 1, resume(failures + 1, event))
      if (event.atMs - listedAtMs >= limits.relistMs) return { phase: 'listing', failures }
      return { ...state, failures }
    }
    case 'failed': {
      const failures = before(event.livedMs) + 1
      return wait(failures, resume(failures, event), event.retryAfterMs)
    }
    case 'gone': {
      const failures = before(event.livedMs) + 1
      return failures === 1 ? { phase: 'listing', failures } : wait(failures, 'list')
    }
    case 'listed':
    case 'woke':
    case 'stopped':
      return state
  }
}

function wait(failures: number, resume: Position | 'list', atLeastMs = 0): WatchState {
  return { phase: 'waiting', failures, resume, atLeastMs }
}

/**
 * Exponential back-off: half of it fixed, half random, so that many watches do not come back at once.
 * `random` is uniform in [0, 1).
 */
export function waitMs(
  state: Phase<'waiting'>,
  random: number,
  limits: WatchLimits = defaultWatchLimits,
): number {
  const doubled = limits.firstBackoffMs * 2 ** (state.failures - 1)
  const backoff = Math.min(doubled, limits.maxBackoffMs) * (0.5 + random / 2)
  return Math.max(backoff, Math.min(state.atLeastMs, limits.maxRetryAfterMs))
}
