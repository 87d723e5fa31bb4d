import { beforeEach, expect, test } from 'vitest'

import { smallestScaler } from '../api/admission-cases.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { MemoryHpa } from '../sandbox/memory-hpa.ts'
import { holdingBack, type WritingPorts } from './holding-back.ts'

const { signal } = new AbortController()
let hpa: MemoryHpa
let done: string[]
let said: string[]
let reason: string | null
let ports: WritingPorts

beforeEach(() => {
  hpa = new MemoryHpa({ minReplicas: 2, guardUtilization: 70 }, 60)
  done = []
  said = []
  reason = 'this is a dry run'
  const note = (what: string) => () => {
    done.push(what)
    return Promise.resolve({ kind: 'done' } as const)
  }
  ports = holdingBack(
    {
      actuator: hpa,
      store: { writeStatus: note('status'), writeFinalizers: note('finalizers') },
      events: { emit: () => void done.push('event') },
    },
    () => reason,
    (what, fields) => said.push(`${what} ${JSON.stringify(fields)}`),
  )
})

function scaler(finalizers: string[] = []): PredictiveScaler {
  const smallest = smallestScaler()
  const parsed = parseScaler({ ...smallest, metadata: { ...smallest.metadata, finalizers } })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}

test('a floor is said with what it would replace, once it differs, and not written', async () => {
  const wanted = { minReplicas: 12, guardUtilization: 85 }
  expect(await ports.actuator.write(wanted, signal)).toMatchObject({ view: { minReplicas: 2 } })
  await ports.actuator.write({ minReplicas: 2, guardUtilization: 70 }, signal)
  expect(hpa.writes).toEqual([])
  expect(said).toEqual([
    'floor {"from":{"minReplicas":2,"guardUtilization":70},"to":{"minReplicas":12,"guardUtilization":85},"why":"this is a dry run"}',
  ])
})

test('nothing else is written either: no status, no event, no HPA given back', async () => {
  await ports.store.writeStatus({ namespace: 'shop', name: 'shop-web' }, {}, signal)
  ports.events.emit(scaler(), 'Normal', 'FloorRaised', 'more')
  await ports.actuator.release(signal)
  expect(done).toEqual([])
  expect(said.map((line) => line.split(' ')[0])).toEqual(['event', 'release'])
})

test('a finalizer that is to come is as good as there; one that is to go stays', async () => {
  const added = await ports.store.writeFinalizers(scaler(), ['foresail.dev/release-hpa'], signal)
  const held = scaler(['foresail.dev/release-hpa'])
  const removed = await ports.store.writeFinalizers(held, [], signal)
  expect([added.kind, removed.kind]).toEqual(['done', 'error'])
  expect(done).toEqual([])
})

test('without a reason everything passes', async () => {
  reason = null
  await ports.actuator.write({ minReplicas: 12, guardUtilization: 85 }, signal)
  await ports.store.writeStatus({ namespace: 'shop', name: 'shop-web' }, {}, signal)
  await ports.store.writeFinalizers(scaler(), [], signal)
  ports.events.emit(scaler(), 'Normal', 'FloorRaised', 'more')
  expect(hpa.minReplicas).toBe(12)
  expect(done).toEqual(['status', 'finalizers', 'event'])
  await ports.actuator.release(signal)
  expect(hpa.minReplicas).toBe(2)
  expect(said).toEqual([])
})
