import { beforeEach, describe, expect, it } from 'vitest'

import type { HpaAnswer, HpaView } from '../reconcile/ports.ts'
import { createFakeObjects, type FakeObjects, type StoredObject } from './fake-objects.ts'
import { createScaledObjectFloor } from './scaled-object.ts'

const { signal } = new AbortController()
const PATH = '/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/web'
const HPA = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/keda-hpa-web'
const scaled = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
let api: FakeObjects

beforeEach(() => {
  api = createFakeObjects()
})

function store(spec: object, annotations: object = {}): void {
  api.objects.set(PATH, {
    metadata: { uid: 'u', resourceVersion: '0', annotations },
    spec: { scaleTargetRef: { name: 'web' }, triggers: [{ type: 'cron' }], ...spec },
  })
}

const stored = (): StoredObject => api.objects.get(PATH) ?? { metadata: {}, spec: {} }
const floor = () => createScaledObjectFloor({ api, namespace: 'shop', name: 'web', scaled })
const write = (minReplicas: number) =>
  floor().write({ minReplicas, guardUtilization: undefined }, signal)

function viewOf(answer: HpaAnswer): HpaView {
  if (answer.kind !== 'hpa') throw new Error(answer.message)
  return answer.view
}

describe('the floor of a ScaledObject', () => {
  it.each([
    ['a minimum', { minReplicaCount: 3 }],
    ['none', {}],
    ['zero', { minReplicaCount: 0 }],
  ])('with %s is raised once and given back to the letter', async (_, spec) => {
    store(spec)
    const before = structuredClone(stored().spec)
    expect(viewOf(await write(12)).minReplicas).toBe(12)
    expect(viewOf(await write(12)).original.minReplicas).toBe(before['minReplicaCount'] ?? 0)
    expect(api.writes).toHaveLength(1)
    await floor().release(signal)
    await floor().release(signal)
    expect(stored().spec).toEqual(before)
    expect(stored().metadata['annotations']).toEqual({})
    expect(api.writes).toHaveLength(2)
  })

  it('stays between the own minimum and the maximum', async () => {
    store({ minReplicaCount: 3, maxReplicaCount: 20 })
    expect(viewOf(await write(50)).minReplicas).toBe(20)
    expect(viewOf(await write(1)).minReplicas).toBe(3)
  })

  it('takes what the user writes meanwhile for his own', async () => {
    store({ minReplicaCount: 3 })
    await write(12)
    stored().spec['minReplicaCount'] = 5
    expect(viewOf(await floor().read(signal)).original.minReplicas).toBe(5)
    await floor().release(signal)
    expect(stored().spec['minReplicaCount']).toBe(5)
  })

  it('reads again after a conflict', async () => {
    store({})
    let races = 2
    api.afterRead = (path) => {
      if (path === PATH && races-- > 0) stored().metadata.resourceVersion = `race-${races}`
    }
    expect(viewOf(await write(7)).minReplicas).toBe(7)
  })

  it('is not written while KEDA is paused, nor for another workload', async () => {
    store({}, { 'autoscaling.keda.sh/paused-replicas': '4' })
    expect(await write(7)).toMatchObject({ kind: 'error', reason: 'OtherOwner' })
    store({ scaleTargetRef: { kind: 'StatefulSet', name: 'web' } })
    expect(await write(7)).toMatchObject({ kind: 'error', reason: 'ScalesAnother' })
    expect(api.writes).toEqual([])
  })

  it.each([NaN, -1, 1.5, Infinity])('is never %s', async (minReplicas) => {
    store({})
    expect(await write(minReplicas)).toMatchObject({ kind: 'error', reason: 'Invalid' })
  })

  it('says that it is missing', async () => {
    expect(await floor().read(signal)).toMatchObject({ kind: 'missing' })
  })

  it('knows from the HPA of KEDA whether it scales', async () => {
    store({})
    api.objects.set(HPA, {
      metadata: { namespace: 'shop', name: 'keda-hpa-web', uid: 'h', resourceVersion: '1' },
      spec: { scaleTargetRef: scaled, maxReplicas: 9 },
      status: {
        currentReplicas: 4,
        desiredReplicas: 4,
        conditions: [{ type: 'ScalingActive', status: 'True' }],
      },
    })
    const view = viewOf(await floor().read(signal))
    expect(view).toMatchObject({ currentReplicas: 4, scalingActive: true })
  })
})
