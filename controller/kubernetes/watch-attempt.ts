import type { ApiRequests } from './connect.ts'
import { rejectOnAbort } from './deadline.ts'
import { errorOfAnswer } from './errors.ts'
import type { Timing } from './timing.ts'
import { type Change, watchChanges } from './watch-stream.ts'

export interface WatchAttempt {
  api: ApiRequests
  path: string
  query: Readonly<Record<string, string>>
  resourceVersion: string
  inactivityMs: number
  timing: Timing
  onChange: (change: Change) => void
  /** Something came: an event, a bookmark, or the server's yes to the watch. */
  onHeard: () => void
}

/** Nothing came for so long that the connection is taken for dead (half-open TCP). */
export class SilentError extends Error {}

/**
 * One watch request from its start to its end by the server.
 *
 * @throws SilentError, KubernetesError, what the connection throws, or the signal's reason.
 */
export async function attemptWatch(attempt: WatchAttempt, signal: AbortSignal): Promise<void> {
  const { inactivityMs, timing, onHeard } = attempt
  const timeoutSeconds = 240 + Math.floor(timing.random() * 120)
  // A server that ignores the timeout must not put off the next relist for ever.
  const endsAtMs = timing.monotonicMs() + timeoutSeconds * 1000 + inactivityMs
  let activeAtMs = timing.monotonicMs()
  const heard = () => {
    activeAtMs = timing.monotonicMs()
    onHeard()
  }
  const ending = new AbortController()
  const forward = () => {
    ending.abort(signal.reason)
  }
  signal.addEventListener('abort', forward, { once: true })

  const watchdog = async () => {
    for (;;) {
      const left = Math.min(activeAtMs + inactivityMs, endsAtMs) - timing.monotonicMs()
      if (left <= 0) break
      await timing.sleep(left, ending.signal)
    }
    ending.abort(new SilentError(`nothing heard for ${inactivityMs / 1000} s`))
  }
  watchdog().catch(() => undefined)

  try {
    await Promise.race([
      follow(attempt, timeoutSeconds, heard, ending.signal),
      rejectOnAbort(ending.signal),
    ])
  } finally {
    signal.removeEventListener('abort', forward)
    ending.abort(new Error('the watch is over'))
  }
}

async function follow(
  attempt: WatchAttempt,
  timeoutSeconds: number,
  heard: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { api, path, query, resourceVersion, onChange } = attempt
  const watchQuery = {
    ...query,
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(timeoutSeconds),
  }
  const answer = await api.open({ path, query: watchQuery }, signal)
  if (answer.status !== 200) {
    throw errorOfAnswer(answer.status, answer.headers, await answer.text(), `watch ${path}`)
  }
  heard()
  for await (const change of watchChanges(tap(answer.body, heard))) {
    const { type, object } = change
    if (type === 'ERROR') {
      throw errorOfAnswer(object.code ?? 500, {}, JSON.stringify(object), `watch ${path}`)
    }
    onChange(change)
  }
}

async function* tap(body: AsyncIterable<Uint8Array>, heard: () => void) {
  for await (const part of body) {
    heard()
    yield part
  }
}
