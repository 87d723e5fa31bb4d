import { beforeEach, expect, test } from 'vitest'

import { changed } from '../api/admission-cases.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { createCreatedHpa } from './created-hpa.ts'
import { createFakeObjects, type FakeObjects } from './fake-objects.ts'

const { signal } = new AbortController()
const PATH = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/shop-web'
let api: FakeObjects

beforeEach(() => {
  api = createFakeObjects()
})

function scalerOf(spec: object = {}): PredictiveScaler {
  const object = changed({ at: 'spec.actuator', value: {} })
  const parsed = parseScaler({
    ...object,
    metadata: { name: 'shop-web', namespace: 'shop', uid: 'scaler' },
    spec: {
      ...(object['spec'] as object),
      minReplicas: 2,
      demand: [{ name: 'cpu', resource: { name: 'cpu' }, capacity: { averageUtilization: 90 } }],
      reactive: { guard: { metric: 'cpu', averageUtilization: 85 } },
      ...spec,
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}

const hpaOf = (scaler = scalerOf(), maxReplicas = 60) =>
  createCreatedHpa({ api, scaler, maxReplicas })
const wanted = (minReplicas: number, guardUtilization = 63) => ({ minReplicas, guardUtilization })
const stored = () => api.objects.get(PATH)

test('before its first write it is as the spec says, and nothing is written by reading', async () => {
  expect(await hpaOf().read(signal)).toMatchObject({
    kind: 'hpa',
    view: { minReplicas: 2, maxReplicas: 60, guardUtilization: 63, scalingActive: undefined },
  })
  expect(stored()).toBeUndefined()
})

test('it is made at the first write, owned by the scaler, at 70 % of the capacity', async () => {
  expect(await hpaOf().write(wanted(12), signal)).toMatchObject({ view: { minReplicas: 12 } })
  expect(stored()).toMatchObject({
    metadata: { ownerReferences: [{ kind: 'PredictiveScaler', uid: 'scaler', controller: true }] },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'shop-web' },
      maxReplicas: 60,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 63 } },
        },
      ],
    },
  })
  const made = api.writes.length
  await hpaOf().write(wanted(12), signal)
  expect(api.writes).toHaveLength(made)
})

test('it follows the spec, and its floor does not fall for it', async () => {
  await hpaOf().write(wanted(12), signal)
  const lowest: number[] = []
  api.afterRead = () => lowest.push(Number(stored()?.spec['minReplicas']))
  await hpaOf(scalerOf({ maxReplicas: 80 }), 80).write(wanted(13), signal)
  expect(stored()?.spec).toMatchObject({ minReplicas: 13, maxReplicas: 80 })
  expect(Math.min(...lowest)).toBe(12)
})

test('released, it has the minimum of the spec as it is now', async () => {
  await hpaOf().write(wanted(12), signal)
  await hpaOf(scalerOf({ minReplicas: 4 })).release(signal)
  expect(stored()?.spec['minReplicas']).toBe(4)
})

test('one of somebody else is refused, not touched', async () => {
  api.objects.set(PATH, {
    metadata: { namespace: 'shop', name: 'shop-web', uid: 'h', resourceVersion: '1' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'shop-web' }, maxReplicas: 9 },
  })
  for (const answer of [await hpaOf().read(signal), await hpaOf().write(wanted(5), signal)]) {
    expect(answer).toMatchObject({ kind: 'error', reason: 'OtherOwner' })
  }
  expect(api.writes).toEqual([])
})
