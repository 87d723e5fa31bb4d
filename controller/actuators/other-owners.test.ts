import { expect, test } from 'vitest'

import { changed } from '../api/admission-cases.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { type Owner, otherOwner, refusing } from './other-owners.ts'

const { signal } = new AbortController()
const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' }

function scalerOf(name: string, actuator: object, creationTimestamp = ''): PredictiveScaler {
  const object = changed({ at: 'spec.actuator', value: actuator })
  const parsed = parseScaler({
    ...object,
    metadata: { name, namespace: 'shop', uid: name, creationTimestamp },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler
}

const hpa = (name: string, change: Partial<Owner> = {}): Owner => ({
  ...{ kind: 'HorizontalPodAutoscaler', name, scaled: web, madeBy: [] },
  ...change,
})
const keda = hpa('queue', { kind: 'ScaledObject' })
const kedaHpa = hpa('keda-hpa-queue', { madeBy: ['queue'] })

test.each([
  ['its own HPA', { name: 'web' }, [hpa('web')], null],
  ['another HPA', { name: 'web' }, [hpa('web'), hpa('old')], 'HorizontalPodAutoscaler old'],
  [
    'an HPA of another workload',
    { name: 'web' },
    [hpa('x', { scaled: { ...web, name: 'x' } })],
    null,
  ],
  [
    'an HPA of another version of the same group',
    { name: 'web' },
    [hpa('old', { scaled: { ...web, apiVersion: 'apps/v1beta2' } })],
    'HorizontalPodAutoscaler old',
  ],
  ['KEDA over the workload of an HPA', { name: 'web' }, [hpa('web'), keda], 'ScaledObject queue'],
  [
    'its own ScaledObject and the HPA of it',
    { type: 'ScaledObject', name: 'queue' },
    [keda, kedaHpa],
    null,
  ],
  ['an HPA beside /scale', { type: 'Scale' }, [hpa('web')], 'HorizontalPodAutoscaler web'],
])('%s', (_, actuator, owners, who) => {
  const said = otherOwner(scalerOf('a', actuator), owners, [])
  if (who === null) expect(said).toBeNull()
  else expect(said).toContain(`${who} scales Deployment/shop-web too`)
})

test('of two scalers the older one goes on', () => {
  const older = scalerOf('older', { name: 'web' }, '2026-01-01T00:00:00Z')
  const younger = scalerOf('younger', { name: 'web' }, '2026-02-01T00:00:00Z')
  const both = [older, younger]
  expect(otherOwner(older, [], both)).toBeNull()
  expect(otherOwner(younger, [], both)).toContain('PredictiveScaler older')
})

test('who is refused can still give back', async () => {
  const view = { kind: 'missing', message: 'gone' } as const
  const answer = () => Promise.resolve(view)
  const actuator = refusing({ read: answer, write: answer, release: answer }, 'taken')
  expect(await actuator.read(signal)).toMatchObject({ reason: 'OtherOwner', message: 'taken' })
  expect(
    await actuator.write({ minReplicas: 1, guardUtilization: undefined }, signal),
  ).toMatchObject({
    reason: 'OtherOwner',
  })
  expect(await actuator.release(signal)).toBe(view)
})
