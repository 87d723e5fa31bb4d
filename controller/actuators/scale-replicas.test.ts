import { beforeEach, expect, test } from 'vitest'

import { createFakeObjects, type FakeObjects } from './fake-objects.ts'
import { createScaleReplicas } from './scale-replicas.ts'

const { signal } = new AbortController()
const KIND = { apiVersion: 'shop.example/v1', kind: 'Rollout', name: 'web' }
const PATH = '/apis/shop.example/v1/namespaces/shop/rollouts/web/scale'
let api: FakeObjects

beforeEach(() => {
  api = createFakeObjects()
  api.objects.set('/apis/shop.example/v1', {
    metadata: {},
    spec: {},
    resources: [
      { name: 'rollouts/scale', kind: 'Scale' },
      { name: 'rollouts', kind: 'Rollout' },
    ],
  })
  api.objects.set(PATH, {
    metadata: { resourceVersion: '1' },
    spec: { replicas: 3 },
    status: { replicas: 2 },
  })
})

const scale = (scaled = KIND) => createScaleReplicas({ api, namespace: 'shop', scaled })
const write = (minReplicas: number) =>
  scale().write({ minReplicas, guardUtilization: undefined }, signal)

test('replicas of any kind with a scale subresource are written once', async () => {
  expect(await scale().read(signal)).toMatchObject({
    view: { minReplicas: 3, currentReplicas: 2, original: { minReplicas: 0 } },
  })
  expect(await write(9)).toMatchObject({ kind: 'hpa', view: { minReplicas: 9 } })
  await write(9)
  expect(api.writes).toEqual([PATH])
  expect(await scale().release(signal)).toMatchObject({ view: { minReplicas: 9 } })
  expect(api.writes).toHaveLength(1)
})

test('what another writes in between is not overwritten', async () => {
  api.afterRead = (path) => {
    if (path === PATH) {
      api.objects.set(PATH, { metadata: { resourceVersion: '2' }, spec: { replicas: 20 } })
    }
  }
  expect(await write(9)).toMatchObject({ kind: 'error', reason: 'Conflict' })
  expect(api.objects.get(PATH)?.spec).toEqual({ replicas: 20 })
})

test.each([
  ['a kind that the cluster does not know', { ...KIND, kind: 'Rollback' }],
  ['an object that is not there', { ...KIND, name: 'cart' }],
])('%s is missing', async (_, scaled) => {
  expect(await scale(scaled).read(signal)).toMatchObject({ kind: 'missing' })
})

test.each([NaN, -1, 0.5])('%s replicas are never written', async (replicas) => {
  expect(await write(replicas)).toMatchObject({ kind: 'error', reason: 'Invalid' })
})
