import { describe, expect, it } from 'vitest'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'
import { dryRun } from './dry-run.ts'
import { readLiveHpa, seenByLiveHpa } from './live.ts'
import { checkHpa } from './read-manifest.ts'

const NOW = '2026-11-24T08:00:00Z'
const NOW_SECONDS = Date.parse(NOW) / 1000

const average = { type: 'AverageValue', averageValue: '1' }
const HPA = {
  ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  metadata: { name: 'web', namespace: 'shop', managedFields: null, resourceVersion: '7' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    ...{ minReplicas: 1, maxReplicas: 20 },
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      },
      { type: 'Pods', pods: { metric: { name: 'rps' }, target: average } },
      {
        type: 'Object',
        object: {
          describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' },
          ...{ metric: { name: 'hits' }, target: average },
        },
      },
      {
        type: 'External',
        external: {
          metric: {
            name: 'queue',
            selector: { matchExpressions: [{ key: 'q', operator: 'In', values: ['a', 'b'] }] },
          },
          target: average,
        },
      },
    ],
  },
  status: { currentReplicas: 2, desiredReplicas: 2, conditions: [] },
}
const POD = {
  ...{ metadata: { name: 'web-1' } },
  spec: { containers: [{ name: 'app', resources: { requests: { cpu: '500m' } } }] },
  status: {
    ...{ phase: 'Running', startTime: '2026-11-24T07:00:00Z' },
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-24T07:01:00Z' }],
  },
}
const value = (kind: string, name: string, metric: string, amount: string) => {
  return {
    describedObject: { kind, name },
    metric: { name: metric },
    timestamp: NOW,
    value: amount,
  }
}

const CUSTOM = '/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop'
const SELECTED = '?labelSelector=app%3Dweb'
const RS = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods'
const QUEUE = '/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/queue'
const SCALE = '/apis/apps/v1/namespaces/shop/deployments/web/scale'

/** What a cluster answers, by path and query. */
const CLUSTER: Record<string, unknown> = {
  '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web': HPA,
  '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers': { items: [HPA] },
  '/apis/apps/v1': {
    resources: [
      { name: 'deployments/scale', kind: 'Scale' },
      { name: 'deployments', kind: 'Deployment' },
    ],
  },
  '/apis/networking.k8s.io/v1': { resources: [{ name: 'ingresses', kind: 'Ingress' }] },
  [SCALE]: { spec: { replicas: 2 }, status: { replicas: 2, selector: 'app=web' } },
  [`/api/v1/namespaces/shop/pods${SELECTED}`]: {
    items: [POD, { ...POD, metadata: { name: 'web-2' } }],
  },
  [`${RS}${SELECTED}`]: {
    items: ['web-1', 'web-2'].map((name) => ({
      ...{ metadata: { name }, timestamp: NOW, window: '30s' },
      containers: [{ name: 'app', usage: { cpu: '500m' } }],
    })),
  },
  '/apis/custom.metrics.k8s.io': { preferredVersion: { version: 'v1beta2' } },
  [`${CUSTOM}/pods/*/rps${SELECTED}&metricLabelSelector=`]: {
    items: [value('Pod', 'web-1', 'rps', '1'), value('Pod', 'web-2', 'rps', '1')],
  },
  [`${CUSTOM}/ingresses.networking.k8s.io/main/hits?metricLabelSelector=`]: {
    items: [value('Ingress', 'main', 'hits', '3')],
  },
  [`${QUEUE}?labelSelector=q+in+%28a%2Cb%29`]: {
    items: [
      { metricName: 'queue', value: '2500m' },
      { metricName: 'queue', value: '2500m' },
    ],
  },
  '/version': { major: '1', minor: '36+' },
}

const SIGNAL = new AbortController().signal

/** The cluster with some answers changed; undefined is a 404. Only GET is understood. */
function cluster(changes: Record<string, unknown> = {}): ApiRequests {
  const answers = { ...CLUSTER, ...changes }
  const notFound = (path: string) =>
    new KubernetesError('NotFound', `GET ${path}: the server could not find it (HTTP 404)`, 404)
  return {
    request: ({ method = 'GET', path, query }) => {
      const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
      const answer = method === 'GET' ? answers[`${path}${search}`] : undefined
      if (answer instanceof Error) return Promise.reject(answer)
      return answer === undefined ? Promise.reject(notFound(path)) : Promise.resolve(answer)
    },
    open: ({ path }) => Promise.reject(notFound(path)),
  }
}

async function run(changes: Record<string, unknown> = {}) {
  const api = cluster(changes)
  const object = await readLiveHpa(api, { namespace: 'shop', name: 'web' }, SIGNAL)
  const checked = checkHpa(object, 0)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return dryRun(checked.hpa, await seenByLiveHpa(api, checked.hpa, NOW_SECONDS, SIGNAL))
}

describe('an HPA of a cluster', () => {
  it('is judged by what its own questions are answered', async () => {
    const { reconciled, currentReplicas, memoryKnown } = await run()
    expect({ currentReplicas, memoryKnown }).toEqual({ currentReplicas: 2, memoryKnown: false })
    expect(reconciled.proposed?.perMetric).toMatchObject([
      { replicas: 4, current: { averageUtilizationPercent: 100 } },
      { replicas: 2, current: { averageValue: 1000 } },
      { replicas: 3, current: { averageValue: 1500 } },
      { replicas: 5, current: { averageValue: 2500 } },
    ])
    expect(reconciled).toMatchObject({ written: 4, error: null })
    expect(reconciled.normalized?.limited.reason).toBe('ScaleUpLimit')
  })

  it.each([
    {
      name: 'a metrics API that is not there fails its metrics',
      changes: { '/apis/custom.metrics.k8s.io': undefined },
      failures: {
        1: 'unable to fetch metrics from custom metrics API: GET',
        2: 'custom metrics API',
      },
    },
    {
      name: 'so does one that is out of order',
      changes: {
        [`${RS}${SELECTED}`]: new KubernetesError('Unreachable', 'service unavailable', 503),
      },
      failures: { 0: 'unable to fetch metrics from resource metrics API: service unavailable' },
    },
    {
      name: 'or one that answers something else',
      changes: { [`${QUEUE}?labelSelector=q+in+%28a%2Cb%29`]: { items: [{ value: 5 }] } },
      failures: { 3: 'not the answer of a metrics API' },
    },
    {
      name: 'or a kind that nobody knows',
      changes: { '/apis/networking.k8s.io/v1': { resources: [] } },
      failures: { 2: 'no matches for kind "Ingress" in version "networking.k8s.io/v1"' },
    },
  ])('$name', async ({ changes, failures }) => {
    const { reconciled } = await run(changes)
    for (const [i, words] of Object.entries(failures)) {
      const proposed = reconciled.proposed?.perMetric[Number(i)]
      expect(proposed).toMatchObject({ failure: expect.stringContaining(words) as string })
    }
  })

  it('starts from its status: what a sync does not touch stays', async () => {
    const limited = {
      type: 'ScalingLimited',
      status: 'True',
      reason: 'TooManyReplicas',
      message: 'm',
    }
    const before = { ...HPA, status: { desiredReplicas: 7, conditions: [limited] } }
    const path = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web'
    const { reconciled } = await run({ [path]: before, [SCALE]: undefined })
    expect(reconciled.desiredReplicas).toBe(7)
    expect(reconciled.conditions).toEqual([
      limited,
      expect.objectContaining({ type: 'AbleToScale' }),
    ])
  })

  it('a target that is not there is what the HPA reports', async () => {
    const { reconciled, currentReplicas } = await run({ [SCALE]: undefined })
    expect(currentReplicas).toBeNull()
    expect(reconciled.conditions).toMatchObject([{ type: 'AbleToScale', reason: 'FailedGetScale' }])
  })

  it('a selector that the API refuses is none', async () => {
    const refused = new KubernetesError('Invalid', 'unable to parse requirement', 400)
    const { reconciled } = await run({ [`/api/v1/namespaces/shop/pods${SELECTED}`]: refused })
    expect(reconciled.conditions.at(-1)).toMatchObject({ reason: 'InvalidSelector' })
  })

  it('another HPA of the same target stops both', async () => {
    const other = { ...HPA, metadata: { name: 'other' } }
    const path = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers'
    const { reconciled } = await run({ [path]: { items: [HPA, other] } })
    expect(reconciled.conditions.at(-1)).toMatchObject({
      reason: 'AmbiguousSelector',
      message: expect.stringContaining('[shop/web shop/other]') as string,
    })
  })

  it('scales to zero from the version on that does', async () => {
    const seen = async (minor: string) => {
      const checked = checkHpa(HPA, 0)
      if (!checked.ok) throw new Error('the example is well')
      const api = cluster({ '/version': { minor } })
      return (await seenByLiveHpa(api, checked.hpa, NOW_SECONDS, SIGNAL)).settings.features
    }
    expect(await seen('37')).toMatchObject({ scaleToZero: true, configurableTolerance: true })
    expect(await seen('33')).toMatchObject({ scaleToZero: false, configurableTolerance: false })
  })

  it.each([
    new KubernetesError('AccessDenied', 'forbidden', 403),
    new KubernetesError('Unreachable', 'no answer'),
  ])('what says nothing about the HPA is thrown: $message', async (error) => {
    await expect(run({ [`${RS}${SELECTED}`]: error })).rejects.toBe(error)
  })
})
