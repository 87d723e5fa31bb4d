import { describe, expect, it } from 'vitest'
import { parseScaler } from '../api/parse.ts'
import type { ApiRequest } from './api-request.ts'
import type { ApiRequests } from './connect.ts'
import { createEventSink } from './events.ts'

const parsed = parseScaler({
  apiVersion: 'foresail.dev/v1alpha1',
  kind: 'PredictiveScaler',
  metadata: { name: 'web', namespace: 'shop', uid: 'u-1' },
  spec: {
    scaleTargetRef: { kind: 'Deployment', name: 'web' },
    maxReplicas: 9,
    actuator: { name: 'web' },
    demand: [{ name: 'rps', prometheus: { query: 'up' }, capacity: { averageValue: '1' } }],
  },
})

function sinkAt(clock: { nowMs: number }, sent: ApiRequest[], fail = false) {
  const failures: string[] = []
  const api: ApiRequests = {
    request: (request) => {
      sent.push(request)
      return fail ? Promise.reject(new Error('refused')) : Promise.resolve({})
    },
    open: () => Promise.reject(new Error('not used')),
  }
  const sink = createEventSink({
    ...{ api, instance: 'host', signal: new AbortController().signal },
    nowMs: () => clock.nowMs,
    onFailure: (message) => failures.push(message),
  })
  return { sink, failures }
}

describe('events', () => {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const { scaler } = parsed

  it('names the object, the reason and the words', () => {
    const sent: ApiRequest[] = []
    sinkAt({ nowMs: 1_000 }, sent).sink.emit(scaler, 'Normal', 'FloorRaised', '3 -> 9')
    expect(sent[0]).toMatchObject({
      method: 'POST',
      path: '/apis/events.k8s.io/v1/namespaces/shop/events',
      body: {
        reason: 'FloorRaised',
        note: '3 -> 9',
        type: 'Normal',
        eventTime: '1970-01-01T00:00:01.000000Z',
        regarding: { kind: 'PredictiveScaler', name: 'web', namespace: 'shop', uid: 'u-1' },
      },
    })
  })

  it('does not repeat the same words within ten minutes, and does after them', () => {
    const sent: ApiRequest[] = []
    const clock = { nowMs: 0 }
    const { sink } = sinkAt(clock, sent)
    const emit = (message: string) => {
      sink.emit(scaler, 'Warning', 'WriteFailed', message)
    }
    emit('409')
    clock.nowMs = 9 * 60_000
    emit('409')
    emit('other words')
    clock.nowMs = 10 * 60_000
    emit('409')
    expect(sent).toHaveLength(3)
    const names = sent.map(({ body }) => (body as { metadata: { name: string } }).metadata.name)
    expect(new Set(names).size).toBe(3)
  })

  it.each(['→', 'x→', 'xx→'])('keeps to 1024 bytes without half a letter: %s', (text) => {
    const sent: ApiRequest[] = []
    sinkAt({ nowMs: 0 }, sent).sink.emit(scaler, 'Normal', 'FloorRaised', text.repeat(600))
    const { note } = sent[0]?.body as { note: string }
    expect(Buffer.byteLength(note)).toBeGreaterThan(1020)
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1024)
    expect(text.repeat(600).startsWith(note)).toBe(true)
  })

  it('drops an event that cannot be written, and says so', async () => {
    const { sink, failures } = sinkAt({ nowMs: 0 }, [], true)
    sink.emit(scaler, 'Normal', 'FloorRaised', '3 -> 9')
    await Promise.resolve()
    await Promise.resolve()
    expect(failures).toHaveLength(1)
  })
})
