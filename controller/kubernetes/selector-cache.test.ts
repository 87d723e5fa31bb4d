import { expect, it } from 'vitest'

import { KubernetesError } from './errors.ts'
import { SelectorCache } from './selector-cache.ts'

const target = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
} as const
const never = new AbortController().signal
const deployment = { spec: { selector: { matchLabels: { app: 'web' } } } }

it('asks for a selector now and then, and keeps the last one while it cannot be read', async () => {
  const clock = { nowMs: 0 }
  const paths: string[] = []
  const failures: string[] = []
  let answer: () => Promise<unknown> = () => Promise.resolve(deployment)
  const cache = new SelectorCache(
    {
      request: ({ path }) => {
        paths.push(path)
        return answer()
      },
      open: () => Promise.reject(new Error('not used')),
    },
    () => clock.nowMs,
    ({ name }) => failures.push(name),
  )
  const at = async (minutes: number) => {
    clock.nowMs = minutes * 60_000
    return cache.selectorOf(target, never)
  }
  const selector = { matchLabels: { app: 'web' }, matchExpressions: [] }
  expect([await at(0), await at(4)]).toEqual([selector, selector])
  expect(paths).toEqual(['/apis/apps/v1/namespaces/shop/deployments/web'])
  answer = () => Promise.reject(new KubernetesError('Unreachable', 'down'))
  expect([await at(5), await at(6), failures]).toEqual([selector, selector, ['web', 'web']])
  answer = () => Promise.reject(new KubernetesError('NotFound', 'gone'))
  expect([await at(7), failures.length]).toEqual([null, 2])
  answer = () => Promise.resolve({ spec: {} })
  expect([await at(8), failures.length]).toEqual([null, 3])
})
