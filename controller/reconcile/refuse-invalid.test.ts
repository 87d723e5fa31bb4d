import { beforeEach, expect, test } from 'vitest'

import { changed } from '../api/admission-cases.ts'
import { type InvalidScaler, readStored } from '../api/stored-scaler.ts'
import { MemoryHpa } from '../sandbox/memory-hpa.ts'
import { FINALIZER } from './act.ts'
import type { WriteAnswer } from './ports.ts'
import { type RefusePorts, refuseInvalid } from './refuse-invalid.ts'

const NOW_MS = Date.UTC(2026, 10, 25)
const { signal } = new AbortController()
let hpa: MemoryHpa
let written: string[]

beforeEach(() => {
  hpa = new MemoryHpa({ minReplicas: 2, guardUtilization: 70 }, 60)
  written = []
})

function ports(): RefusePorts {
  const done: WriteAnswer = { kind: 'done' }
  return {
    actuator: hpa,
    events: {
      emit: (_scaler: object, _type: string, reason: string, message: string) =>
        void written.push(`${reason} ${message}`),
    },
    nowMs: NOW_MS,
    store: {
      writeStatus: (_key: object, status: object) => {
        written.push(JSON.stringify(status))
        return Promise.resolve(done)
      },
      writeFinalizers: (_scaler: object, finalizers: string[]) => {
        written.push(`finalizers ${finalizers.join()}`)
        return Promise.resolve(done)
      },
    },
  }
}

function invalid(metadata: object = {}): InvalidScaler {
  const object = changed({ at: 'spec.maxReplicas', value: 1e9 })
  const stored = readStored({
    ...object,
    metadata: { ...(object['metadata'] as object), ...metadata },
  })
  if (stored.valid) throw new Error('it was to be invalid')
  return stored.scaler
}

test('the condition names the field, once', async () => {
  const scaler = invalid({ generation: 4 })
  expect(await refuseInvalid(ports(), scaler, signal)).toBeNull()
  expect(written).toHaveLength(1)
  const status = JSON.parse(written[0] ?? '') as InvalidScaler['status']
  expect(status?.conditions).toHaveLength(7)
  expect(status?.conditions?.find(({ type }) => type === 'Ready')).toEqual({
    type: 'Ready',
    status: 'False',
    reason: 'InvalidSpec',
    message: 'spec.maxReplicas: must be at most 150000, not 1000000000',
    lastTransitionTime: '2026-11-25T00:00:00Z',
    observedGeneration: 4,
  })
  await refuseInvalid(ports(), { ...scaler, status }, signal)
  expect(written).toHaveLength(1)
})

test('where the API server does not take the condition, an event says the same', async () => {
  const refused = ports()
  refused.store.writeStatus = () =>
    Promise.resolve({ kind: 'error', reason: 'Invalid', message: 'HTTP 422' })
  expect(await refuseInvalid(refused, invalid(), signal)).toBe('HTTP 422')
  expect(written).toEqual(['SpecRefused spec.maxReplicas: must be at most 150000, not 1000000000'])
})

test('an HPA that was moved keeps its floor and gets its guard back', async () => {
  await hpa.write({ minReplicas: 30, guardUtilization: 85 })
  await refuseInvalid(ports(), invalid({ finalizers: [FINALIZER] }), signal)
  expect(hpa).toMatchObject({ minReplicas: 30, guardUtilization: 70 })
})

test('an HPA that was never moved is not even read', async () => {
  const untouched = { ...ports(), actuator: failing() }
  expect(await refuseInvalid(untouched, invalid(), signal)).toBeNull()
})

test('deleted, it gives the HPA back and lets go', async () => {
  await hpa.write({ minReplicas: 30, guardUtilization: 85 })
  const deletionTimestamp = '2026-11-25T00:00:00Z'
  const scaler = invalid({ finalizers: ['other', FINALIZER], deletionTimestamp })
  expect(await refuseInvalid(ports(), scaler, signal)).toBeNull()
  expect(hpa).toMatchObject({ minReplicas: 2, guardUtilization: 70 })
  expect(written).toEqual(['finalizers other'])
})

test('an HPA that cannot be given back holds the object', async () => {
  const deletionTimestamp = '2026-11-25T00:00:00Z'
  const scaler = invalid({ finalizers: [FINALIZER], deletionTimestamp })
  expect(await refuseInvalid({ ...ports(), actuator: failing() }, scaler, signal)).toBe('down')
  expect(written).toEqual([])
})

function failing() {
  const down = { kind: 'error', reason: 'Unreachable', message: 'down' } as const
  const answer = () => Promise.resolve(down)
  return { read: answer, write: answer, release: answer }
}
