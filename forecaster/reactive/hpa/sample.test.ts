import { describe, expect, it } from 'vitest'
import { customMetrics, externalMetric, objectMetric, resourceMetrics } from './sample.ts'

const usage = (pod: string, ...containers: [name: string, usage: number | null][]) => ({
  ...{ pod, atSeconds: 90, windowSeconds: 30 },
  containers: containers.map(([name, value]) => ({ name, usage: value })),
})
const metric = (value: number) => ({ value, atSeconds: 90, windowSeconds: 30 })

describe('resourceMetrics', () => {
  const pods = [
    usage('whole', ['app', 200], ['proxy', 50]),
    usage('partial', ['app', 200], ['proxy', null]),
    usage('empty'),
  ]

  it('sums a pod up; one with a gap has no metric', () => {
    expect(resourceMetrics({ kind: 'resource', pods }, null)).toEqual(
      new Map([['whole', metric(250)]]),
    )
  })

  it('takes one container where asked', () => {
    expect(resourceMetrics({ kind: 'resource', pods }, 'app')).toEqual(
      new Map([
        ['whole', metric(200)],
        ['partial', metric(200)],
      ]),
    )
    expect(resourceMetrics({ kind: 'resource', pods }, 'nobody')).toEqual(new Map())
  })
})

it.each([
  { of: resourceMetrics({ kind: 'resource', pods: [] }, null), api: 'resource' },
  { of: customMetrics({ kind: 'pods', pods: [] }), api: 'custom' },
  { of: externalMetric({ kind: 'external', values: [] }), api: 'external' },
])('an answer without anything is a failure of the $api metrics API', ({ of, api }) => {
  expect(of).toEqual({ failure: `no metrics returned from ${api} metrics API` })
})

it('a failure stays what it is', () => {
  const refused = { failure: 'unable to fetch' }
  expect(resourceMetrics(refused, null)).toBe(refused)
  expect(customMetrics(refused)).toBe(refused)
  expect(objectMetric(refused)).toBe(refused)
  expect(externalMetric(refused)).toBe(refused)
})
