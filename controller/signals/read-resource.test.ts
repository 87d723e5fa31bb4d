import { beforeEach, describe, expect, it } from 'vitest'

import type { MetricsSource, RangeAnswer, UsageNow } from '../reconcile/ports.ts'
import { podQueries } from './pod-queries.ts'
import { readResource } from './read-resource.ts'

const { signal } = new AbortController()
const span = { firstStep: 100, lastStep: 103, stepSeconds: 60 }
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
const queries = podQueries('cpu', 'shop', target)
let answers: Map<string, RangeAnswer>

beforeEach(() => {
  answers = new Map([
    [queries.usage, values(2, 4, 6, 8)],
    [queries.ready, values(4, 4, 4, 4)],
    [queries.request, values(NaN, 1, 2, 2)],
    [queries.limit, { kind: 'empty' }],
  ])
})

function values(...list: number[]): RangeAnswer {
  return { kind: 'values', values: Float64Array.from(list), notFinite: 0, warnings: [] }
}

function read(
  { utilizationPercent, usageNow }: { utilizationPercent?: number; usageNow?: UsageNow } = {
    utilizationPercent: 90,
  },
) {
  const source: MetricsSource = {
    range: ({ query }) => Promise.resolve(answers.get(query) ?? { kind: 'empty' }),
  }
  const input = {
    ...{
      name: 'cpu',
      resource: { name: 'cpu', source: 'default' } as const,
      namespace: 'shop',
      target,
    },
    ...{ utilizationPercent, statedCapacity: 3, usageNow },
  }
  return readResource(new Map([['default', source]]), input, span, signal)
}

describe('demand as what the pods use', () => {
  it('has the capacity of a pod of today: a share of what it requests now', async () => {
    const reading = await read()
    expect([...reading.values]).toEqual([2, 4, 6, 8])
    expect(reading.capacityPerReplica).toBeCloseTo(1.8, 12)
    expect([...reading.lowerBound]).toEqual([0, 0, 0, 0])
    expect(reading.problems).toEqual([])
  })

  it('has the capacity that is stated, where one is', async () => {
    answers.delete(queries.request)
    const reading = await read({})
    expect(reading.capacityPerReplica).toBe(3)
    expect(reading.problems).toEqual([])
  })

  it('is a lower bound where the pods ran at their limit, and says so', async () => {
    answers.set(queries.limit, values(2, 2, 1.5, 2))
    const reading = await read()
    expect([...reading.lowerBound]).toEqual([0, 0, 1, 1])
    expect(reading.problems).toMatchObject([{ signal: 'cpu', reason: 'SaturatedSamples' }])
  })

  it('is one everywhere where the source was incomplete', async () => {
    const partial = { ...values(2, 4, 6, 8), warnings: ['a store is down'] } as RangeAnswer
    answers.set(queries.usage, partial)
    expect([...(await read()).lowerBound]).toEqual([1, 1, 1, 1])
  })

  it.each([
    [
      'what a pod requests',
      () => answers.delete(queries.request),
      'kube_pod_container_resource_requests',
    ],
    ['what the pods use', () => answers.delete(queries.usage), 'answers with nothing'],
  ])('is unknown without %s, never zero', async (_, change, says) => {
    change()
    const { problems, values: read_, capacityPerReplica } = await read()
    const needs = read_.map((used) => used / capacityPerReplica)
    expect(needs.every((need) => Number.isNaN(need))).toBe(true)
    expect(problems[0]?.message).toContain(says)
  })
})

describe('metrics.k8s.io', () => {
  const usageNow = () => Promise.resolve(9)

  it('stands in for the newest slot where it has no sample, as a lower bound', async () => {
    answers.set(queries.usage, values(2, 4, 6, NaN))
    const reading = await read({ utilizationPercent: 90, usageNow })
    expect([...reading.values]).toEqual([2, 4, 6, 9])
    expect([...reading.lowerBound]).toEqual([0, 0, 0, 1])
  })

  it('is not asked while the queries tell', async () => {
    const reading = await read({ utilizationPercent: 90, usageNow })
    expect([...reading.values]).toEqual([2, 4, 6, 8])
  })
})

describe('the names of pods', () => {
  it.each([
    ['Deployment', 'web', 'web-6d4b75cb6d-hx8zq', true],
    ['Deployment', 'web', 'web-api-6d4b75cb6d-hx8zq', false],
    ['Deployment', 'web', 'web-0', false],
    ['StatefulSet', 'web', 'web-12', true],
    ['StatefulSet', 'web', 'web-api-0', false],
    ['ReplicaSet', 'web', 'web-hx8zq', true],
    ['Rollout', 'web', 'web-anything', true],
    ['Deployment', 'a.b', 'a.b-6d4b75cb6d-hx8zq', true],
    ['Deployment', 'a.b', 'axb-6d4b75cb6d-hx8zq', false],
  ])('%s %s and %s: %s', (kind, name, pod, fits) => {
    const [, pattern = ''] =
      /pod=~"([^"]+)"/.exec(podQueries('cpu', 'shop', { kind, name }).ready) ?? []
    expect(new RegExp(`^(?:${pattern})$`).test(pod)).toBe(fits)
  })

  it('cannot break out of the query', () => {
    const { ready } = podQueries('cpu', 'shop"} or vector(0)#', {
      kind: 'StatefulSet',
      name: 'a"b',
    })
    expect(ready).toContain(String.raw`namespace="shop\"} or vector(0)#"`)
    expect(ready).toContain(String.raw`pod=~"a\"b-[0-9]+"`)
  })
})
