import { expect, test } from 'vitest'

import { createFakeObjects } from '../actuators/fake-objects.ts'
import { usageNow } from './pod-metrics.ts'

const { signal } = new AbortController()
const PATH = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods'
const workload = {
  namespace: 'shop',
  selector: { matchLabels: { app: 'web' }, matchExpressions: [] },
  ready: new Set(['web-1', 'web-2']),
}

function apiWith(items: object[]) {
  const api = createFakeObjects()
  api.objects.set(PATH, { metadata: {}, spec: {}, items })
  return api
}

const pod = (name: string, ...usages: object[]) => ({
  metadata: { name },
  containers: usages.map((usage) => ({ name: 'app', usage })),
})

test.each([
  [
    'every container of the Ready pods',
    [pod('web-1', { cpu: '250m' }, { cpu: '1' }), pod('web-2', { cpu: '500000000n' })],
    1.75,
  ],
  [
    'a pod that is not Ready is left out',
    [pod('web-1', { cpu: '1' }), pod('web-9', { cpu: '8' })],
    1,
  ],
  ['no Ready pod is told of', [pod('web-9', { cpu: '8' })], null],
  ['nothing is told', [], null],
  ['a pod without that resource', [pod('web-1', { memory: '1Gi' })], null],
])('%s', async (_, items, expected) => {
  expect(await usageNow(apiWith(items), workload, 'cpu', signal)).toBe(expected)
})

test('a cluster without metrics-server tells nothing', async () => {
  expect(await usageNow(createFakeObjects(), workload, 'cpu', signal)).toBeNull()
})
