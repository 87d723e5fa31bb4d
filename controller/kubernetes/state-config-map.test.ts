import { beforeEach, describe, expect, it } from 'vitest'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { StateStore } from '../reconcile/ports.ts'
import { KubernetesError } from './errors.ts'
import { createFakeConfigMaps } from './fake-config-maps.ts'
import { createStateConfigMaps, stateNameOf } from './state-config-map.ts'

const PATH = '/api/v1/namespaces/shop/configmaps/web-foresail'
const signal = new AbortController().signal
let api: ReturnType<typeof createFakeConfigMaps>
let store: StateStore

beforeEach(() => {
  api = createFakeConfigMaps()
  store = createStateConfigMaps(api)
})

describe('the ConfigMap of a scaler', () => {
  it('is nothing before the first write, and is then owned by it and labelled', async () => {
    expect(await store.read(scaler(), signal)).toEqual({ kind: 'state', texts: {} })
    const written = await store.write(scaler(), { plan: 'p', checkpoint: null }, signal)
    expect(written).toEqual({ kind: 'state', texts: { plan: 'p' } })
    expect(api.objects.get(PATH)).toMatchObject({
      metadata: {
        labels: { 'app.kubernetes.io/managed-by': 'foresail' },
        ownerReferences: [
          {
            ...{ apiVersion: 'foresail.dev/v1alpha1', kind: 'PredictiveScaler', name: 'web' },
            ...{ uid: 'u-1', controller: true },
          },
        ],
      },
      data: { 'plan.json': 'p' },
    })
  })

  it('is read back; each text stays until it is written or removed', async () => {
    await store.write(scaler(), { plan: 'p', checkpoint: 'c', startUps: 's' }, signal)
    await store.write(scaler(), { plan: null, checkpoint: 'c2' }, signal)
    const read = await store.read(scaler(), signal)
    expect(read).toEqual({ kind: 'state', texts: { checkpoint: 'c2', startUps: 's' } })
    expect(api.objects.get(PATH)?.data).toEqual({ 'checkpoint.json': 'c2', 'start-ups.json': 's' })
  })

  it('is written only where something differs', async () => {
    await store.write(scaler(), { plan: 'p' }, signal)
    await store.write(scaler(), { plan: 'p', checkpoint: null }, signal)
    expect(api.writes).toEqual(['POST /api/v1/namespaces/shop/configmaps'])
  })

  it('keeps what others put beside it', async () => {
    await store.write(scaler(), { plan: 'p' }, signal)
    const mine = api.objects.get(PATH)
    if (mine?.data) mine.data['notes'] = 'mine'
    await store.write(scaler(), { plan: 'p2' }, signal)
    expect(api.objects.get(PATH)?.data).toEqual({ 'plan.json': 'p2', notes: 'mine' })
  })

  it('is not overwritten by one who read it before another wrote', async () => {
    await store.write(scaler(), { plan: 'p' }, signal)
    api.races = 1
    const lost = await store.write(scaler(), { plan: 'p2' }, signal)
    expect(lost).toMatchObject({ kind: 'error', reason: 'Conflict' })
    expect(api.objects.get(PATH)?.data).toEqual({ 'plan.json': 'p' })
  })
})

describe('one that is not ours', () => {
  const owner = { kind: 'PredictiveScaler', name: 'web', uid: 'u-0' }
  const label = { 'app.kubernetes.io/managed-by': 'foresail' }

  it.each([
    { name: 'of the user', labels: {}, owners: [], why: 'not of Foresail' },
    { name: 'labelled by hand', labels: label, owners: [], why: 'not of Foresail' },
    { name: 'of the scaler before', labels: label, owners: [owner], why: 'an earlier scaler' },
    {
      ...{ name: 'owned without the label', labels: {}, owners: [{ ...owner, uid: 'u-1' }] },
      why: 'not of Foresail',
    },
  ])('is neither read nor written: $name', async ({ labels, owners, why }) => {
    const metadata = { name: 'web-foresail', namespace: 'shop', resourceVersion: '9', labels }
    const data = { 'plan.json': 'theirs' }
    api.objects.set(PATH, { metadata: { ...metadata, ownerReferences: owners }, data })
    for (const answer of [
      await store.read(scaler(), signal),
      await store.write(scaler(), { plan: 'p' }, signal),
    ]) {
      expect(answer).toMatchObject({ kind: 'error', reason: 'Foreign' })
      expect(answer).toHaveProperty('message', expect.stringContaining(why))
      expect(answer).toHaveProperty('message', expect.stringContaining('shop/web-foresail'))
    }
    expect(api.writes).toEqual([])
  })
})

it.each([
  ['AccessDenied', new KubernetesError('AccessDenied', 'forbidden', 403)],
  ['Unreachable', new KubernetesError('Unreachable', 'refused')],
  ['Unreachable', new TypeError('fetch failed')],
  ['WritesHeld', new KubernetesError('WritesHeld', 'a dry run')],
] as const)('answers %s for %s, and throws nothing', async (reason, error) => {
  api.failing = error as KubernetesError
  expect(await store.read(scaler(), signal)).toMatchObject({ kind: 'error', reason })
  expect(await store.write(scaler(), { plan: 'p' }, signal)).toMatchObject({ reason })
})

it('an answer that is no ConfigMap is none', async () => {
  api.objects.set(PATH, { metadata: { name: 'x', namespace: 'y' } })
  expect(await store.read(scaler(), signal)).toMatchObject({ kind: 'error', reason: 'Unreachable' })
})

describe('its name', () => {
  it('is that of the scaler, with a suffix', () => {
    expect(stateNameOf('web')).toBe('web-foresail')
  })

  it('is no longer than names may be, ends no part with a dot, and differs where scalers differ', () => {
    const long = (last: string) => `${'a'.repeat(226)}.${'b'.repeat(25)}${last}`
    const names = ['x', 'y'].map((last) => stateNameOf(long(last)))
    expect(new Set(names).size).toBe(2)
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(253)
      expect(name).toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
      expect(name).not.toMatch(/[.-]{2}|\.-|-\./)
    }
    expect(stateNameOf('c'.repeat(244))).toBe(`${'c'.repeat(244)}-foresail`)
  })
})

function scaler(): PredictiveScaler {
  const parsed = parseScaler({
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { name: 'web', namespace: 'shop', uid: 'u-1', generation: 1 },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'web' },
      maxReplicas: 9,
      actuator: { name: 'web' },
      demand: [{ name: 'rps', prometheus: { query: 'up' }, capacity: { averageValue: '1' } }],
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}
