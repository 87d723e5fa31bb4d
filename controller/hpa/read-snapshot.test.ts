import { readFileSync } from 'node:fs'

import { describe, expect, it, test } from 'vitest'
import { readHpaManifest } from './read-manifest.ts'
import { readSnapshot, seenIn } from './read-snapshot.ts'
import { snapshotSchema } from './snapshot-schema.ts'

const AT = '2026-11-24T08:00:00Z'
const AT_SECONDS = Date.parse(AT) / 1000

const POD = {
  metadata: { name: 'web-1', labels: { app: 'web' }, creationTimestamp: AT },
  spec: { containers: [{ name: 'app', image: 'x', resources: { requests: { cpu: '500m' } } }] },
  status: {
    ...{ phase: 'Running', startTime: AT },
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: AT }],
  },
}
const CPU = {
  ...{ metadata: { name: 'web-1' }, timestamp: AT, window: '1m30.5s' },
  containers: [{ name: 'app', usage: { cpu: '123456789n', memory: '64Mi' } }],
}
const LEAST = { now: AT, scale: { status: { selector: 'app=web' } }, pods: [POD] }

function problems(snapshot: unknown): string[] {
  const read = readSnapshot(JSON.stringify(snapshot, null, 1), 's.json')
  return read.ok
    ? []
    : read.problems.map(({ line, path, message }) => `${line}: ${path}: ${message}`)
}

/** What an HPA with these metrics sees. */
function seen(snapshot: object, ...metrics: object[]) {
  const read = readSnapshot(JSON.stringify({ ...LEAST, ...snapshot }), 's.json')
  const hpa = readHpaManifest(
    JSON.stringify({
      ...{
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web' },
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        ...{ maxReplicas: 9, metrics },
      },
    }),
    'hpa.json',
  )
  if (!read.ok || !hpa.ok) throw new Error(JSON.stringify([read, hpa]))
  return seenIn(read.snapshot, hpa.hpa)
}

const cpu = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
}
const average = { type: 'AverageValue', averageValue: '1' }
const rps = { type: 'Pods', pods: { metric: { name: 'rps' }, target: average } }
const hits = {
  type: 'Object',
  object: {
    describedObject: { kind: 'Service', name: 'web' },
    metric: { name: 'hits' },
    target: average,
  },
}
const queue = {
  type: 'External',
  external: { metric: { name: 'queue', selector: { matchLabels: { q: 'a' } } }, target: average },
}

describe('what the HPA sees', () => {
  it('pods and their usage, as kubectl hands them out', () => {
    const got = seen({ pods: { kind: 'List', items: [POD] }, podMetrics: { items: [CPU] } }, cpu)
    expect(got).toMatchObject({
      ok: true,
      seen: {
        nowSeconds: AT_SECONDS,
        scale: { specReplicas: 0, statusReplicas: 0, selector: 'app=web' },
        pods: [
          {
            ...{ name: 'web-1', phase: 'Running', deleted: false, startSeconds: AT_SECONDS },
            ready: { status: 'True', sinceSeconds: AT_SECONDS },
            containers: [{ name: 'app', requests: { cpu: 500 } }],
          },
        ],
        samples: [
          {
            kind: 'resource',
            pods: [
              {
                ...{ pod: 'web-1', atSeconds: AT_SECONDS, windowSeconds: 90.5 },
                containers: [{ name: 'app', usage: 124 }],
              },
            ],
          },
        ],
        memoryKnown: false,
      },
    })
  })

  it('custom and external metrics, each its own', () => {
    const value = (kind: string, name: string, metric: object, amount: string) => {
      return { describedObject: { kind, name }, ...metric, timestamp: AT, value: amount }
    }
    const got = seen(
      {
        customMetrics: [
          value('Pod', 'web-1', { metric: { name: 'rps' }, windowSeconds: 30 }, '5'),
          value('Pod', 'web-1', { metricName: 'hits' }, '6'),
          value('Service', 'web', { metricName: 'hits' }, '7'),
        ],
        externalMetrics: [
          { metricName: 'queue', metricLabels: { q: 'a' }, value: '8' },
          { metricName: 'queue', metricLabels: { q: 'b' }, value: '9' },
        ],
      },
      ...[rps, hits, queue],
    )
    expect(got).toMatchObject({
      seen: {
        samples: [
          { kind: 'pods', pods: [{ pod: 'web-1', value: 5000, windowSeconds: 30 }] },
          { kind: 'object', value: 7000 },
          { kind: 'external', values: [8000] },
        ],
      },
    })
  })

  it('a fetch that fails, in the words of the snapshot', () => {
    expect(seen({ unavailable: { queue: 'no such metric' } }, queue)).toMatchObject({
      seen: {
        samples: [{ failure: 'unable to fetch metrics from external metrics API: no such metric' }],
      },
    })
  })

  it('what the controller remembers, and its flags', () => {
    const got = seen(
      {
        recommendations: [{ replicas: 7, at: AT }],
        scaleEvents: { down: [{ change: 2, at: AT }] },
        ...{ controller: { tolerance: 0.2, scaleToZero: true }, podMetrics: [CPU] },
      },
      cpu,
    )
    expect(got).toMatchObject({
      seen: {
        memoryKnown: true,
        memory: {
          recommendations: [{ replicas: 7, atSeconds: AT_SECONDS }],
          events: { up: [], down: [{ change: 2, atSeconds: AT_SECONDS, outdated: false }] },
        },
        settings: { tolerance: 0.2, features: { scaleToZero: true, podLevelResources: true } },
      },
    })
  })

  it('no selector where the scale has none', () => {
    expect(seen({ scale: {}, podMetrics: [CPU] }, cpu)).toMatchObject({
      seen: { scale: { selector: { kind: 'missing' } } },
    })
  })
})

describe('what a metric needs and the snapshot lacks is named', () => {
  it.each([
    {
      metric: cpu,
      has: {},
      path: 'podMetrics',
      says: 'has no usage of cpu, which spec.metrics[0]',
    },
    {
      metric: rps,
      has: { customMetrics: [] },
      path: 'customMetrics',
      says: 'has no rps of any Pod',
    },
    { metric: hits, has: {}, path: 'customMetrics', says: 'has no hits of Service/web' },
    {
      metric: queue,
      has: { externalMetrics: [{ metricName: 'queue', value: '8' }] },
      path: 'externalMetrics',
      says: 'has no value of queue with the labels of its selector',
    },
    {
      metric: cpu,
      has: { podMetrics: [CPU], unavailable: { queue: 'gone' } },
      path: 'unavailable.queue',
      says: 'is no metric of the HPA; its metrics are cpu',
    },
  ])('$path: $says', ({ metric, has, path, says }) => {
    const got = seen(has, metric)
    expect(got).toMatchObject({
      ok: false,
      problems: [{ path, message: expect.stringContaining(says) as string }],
    })
  })
})

test.each(Object.keys(snapshotSchema.shape))('the field %s is documented', (field) => {
  const page = readFileSync(new URL('../../examples/README.md', import.meta.url), 'utf8')
  expect(page).toContain(`| \`${field}\` |`)
})

describe('a snapshot that is none', () => {
  it.each([
    { snapshot: { ...LEAST, now: 'noon' }, says: '2: now: must be a time such as' },
    { snapshot: { ...LEAST, pods: undefined }, says: '1: pods: is required' },
    {
      snapshot: { ...LEAST, pods: [{ ...POD, status: { phase: 'Runing' } }] },
      says: 'pods[0].status.phase: must be one of Pending, Running, Succeeded, Failed, Unknown, not "Runing"',
    },
    {
      snapshot: { ...LEAST, podMetrics: [{ ...CPU, window: '30' }] },
      says: 'podMetrics[0].window: must be a duration such as 30s',
    },
    {
      snapshot: {
        ...LEAST,
        podMetrics: [{ ...CPU, containers: [{ name: 'app', usage: { cpu: '-1' } }] }],
      },
      says: 'podMetrics[0].containers[0].usage.cpu: must be greater than or equal to 0',
    },
    {
      snapshot: { ...LEAST, metrics: [] },
      says: 'metrics: is no field of this API; did you mean podMetrics?',
    },
    {
      snapshot: { ...LEAST, recommendations: [{ replicas: -1, at: AT }] },
      says: 'recommendations[0].replicas: must be at least 0, not -1',
    },
  ])('$says', ({ snapshot, says }) => {
    const told = problems(snapshot)
    expect(
      told.some((line) => line.includes(says)),
      told.join('\n'),
    ).toBe(true)
  })

  it('is told in one line where it cannot even be read', () => {
    const read = readSnapshot('{"now": ', 's.json')
    expect(read).toMatchObject({ ok: false, problems: [{ file: 's.json' }] })
  })
})
