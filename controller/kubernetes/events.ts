import type { EventReason } from '../api/reasons.ts'
import { API_VERSION, KIND, type PredictiveScaler } from '../api/schema.ts'
import type { EventSink } from '../reconcile/ports.ts'
import type { ApiRequests } from './connect.ts'
import { kubernetesError } from './errors.ts'
import { collectionPath } from './resource.ts'

export interface EventSinkOptions {
  api: ApiRequests
  nowMs: () => number
  /** Names the controller: its pod, or its host. */
  instance: string
  signal: AbortSignal
  onFailure: (message: string) => void
}

/** The same words about the same object are not repeated within this time. */
const QUIET_MS = 10 * 60_000
/** events.k8s.io/v1 allows no longer note; it counts bytes, not letters. */
const NOTE_LIMIT_BYTES = 1024

/** Tells people, in `kubectl describe`. An event that cannot be written is logged and dropped. */
export function createEventSink(options: EventSinkOptions): EventSink {
  const { api, nowMs, signal } = options
  const toldAt = new Map<string, number>()
  return {
    emit: (scaler, type, reason, message) => {
      const now = nowMs()
      const key = JSON.stringify([scaler.metadata.uid, reason, message])
      if (now - (toldAt.get(key) ?? -Infinity) < QUIET_MS) return
      for (const [old, at] of toldAt) if (now - at >= QUIET_MS) toldAt.delete(old)
      toldAt.set(key, now)
      const { namespace } = scaler.metadata
      const path = collectionPath(
        { group: 'events.k8s.io', version: 'v1', plural: 'events' },
        namespace,
      )
      const body = eventBody(options, scaler, { type, reason, message }, now, toldAt.size)
      api.request({ method: 'POST', path, body }, signal).catch((error: unknown) => {
        if (!signal.aborted)
          options.onFailure(kubernetesError(error, `write event ${reason}`).message)
      })
    },
  }
}

function eventBody(
  { instance }: EventSinkOptions,
  { metadata }: Pick<PredictiveScaler, 'metadata'>,
  said: { type: string; reason: EventReason; message: string },
  now: number,
  count: number,
): object {
  const { name, namespace, uid, resourceVersion } = metadata
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    // As client-go names them: the object, then the time, and a count for several in one millisecond.
    metadata: { namespace, name: `${name.slice(0, 200)}.${now.toString(16)}${count.toString(16)}` },
    // The API wants microseconds.
    eventTime: new Date(now).toISOString().replace('Z', '000Z'),
    reportingController: 'foresail.dev/controller',
    reportingInstance: instance.slice(0, 128),
    action: said.reason,
    reason: said.reason,
    type: said.type,
    note: withinLimit(said.message),
    regarding: { apiVersion: API_VERSION, kind: KIND, name, namespace, uid, resourceVersion },
  }
}

function withinLimit(note: string): string {
  const bytes = Buffer.from(note)
  if (bytes.length <= NOTE_LIMIT_BYTES) return note
  // A letter that is cut in two becomes a replacement character.
  return bytes
    .subarray(0, NOTE_LIMIT_BYTES)
    .toString()
    .replace(/\uFFFD$/, '')
}
