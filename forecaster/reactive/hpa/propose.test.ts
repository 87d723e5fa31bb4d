import { describe, expect, it } from 'vitest'
import { NOW, servingPods, TIMING, TOLERANCE } from './example-pods.ts'
import type { MetricSpec, MetricTarget } from './metric-spec.ts'
import { propose } from './propose.ts'
import type { Sample } from './sample.ts'

const PODS = 4

function proposed(metrics: readonly MetricSpec[], samples: readonly Sample[], specReplicas = PODS) {
  return propose(metrics, samples, {
    ...{ namespace: 'shop', pods: servingPods(PODS), specReplicas, statusReplicas: PODS },
    ...{ tolerance: TOLERANCE, timing: TIMING, podLevelResources: true, nowSeconds: NOW },
  })
}

const utilization = (averageUtilizationPercent: number): MetricTarget => {
  return { type: 'Utilization', averageUtilizationPercent }
}
const average = (averageValue: number): MetricTarget => ({ type: 'AverageValue', averageValue })
const value = (whole: number): MetricTarget => ({ type: 'Value', value: whole })
const cpu: MetricSpec = { type: 'Resource', resource: 'cpu', target: utilization(50) }
const queue = (target: MetricTarget): MetricSpec => {
  return { type: 'External', metric: 'queue', selectorText: null, target }
}
const REFUSED: Sample = { failure: 'unable to fetch' }

/** Every pod uses this much cpu, in its one container. */
function using(usage: number): Sample {
  const pods = servingPods(PODS).map(({ name: pod }) => {
    return { pod, atSeconds: NOW - 10, windowSeconds: 30, containers: [{ name: 'app', usage }] }
  })
  return { kind: 'resource', pods }
}

function having(perPod: number): Sample {
  const at = { atSeconds: NOW, windowSeconds: 60, value: perPod }
  return { kind: 'pods', pods: servingPods(PODS).map(({ name: pod }) => ({ pod, ...at })) }
}

describe('one metric', () => {
  it.each<{ name: string; spec: MetricSpec; sample: Sample; replicas: number; current: object }>([
    {
      name: 'cpu resource utilization (percentage of request)',
      spec: cpu,
      sample: using(1000),
      replicas: 8,
      current: { averageUtilizationPercent: 100, averageValue: 1000 },
    },
    {
      name: 'cpu resource',
      spec: { ...cpu, target: average(500) },
      sample: using(1000),
      replicas: 8,
      current: { averageValue: 1000 },
    },
    {
      name: 'cpu container resource utilization (percentage of request)',
      spec: {
        type: 'ContainerResource',
        resource: 'cpu',
        container: 'app',
        target: utilization(50),
      },
      sample: using(250),
      replicas: 2,
      current: { averageUtilizationPercent: 25, averageValue: 250 },
    },
    {
      name: 'pods metric rps',
      spec: { type: 'Pods', metric: 'rps', target: average(100_000) },
      sample: having(150_000),
      replicas: 6,
      current: { averageValue: 150_000 },
    },
    {
      name: 'Service metric rps',
      spec: {
        ...{ type: 'Object', metric: 'rps', selectorText: null },
        ...{ describedObject: { kind: 'Service', name: 'web' }, target: value(1000) },
      },
      sample: { kind: 'object', value: 2000 },
      replicas: 8,
      current: { value: 2000 },
    },
    {
      name: 'external metric rps(nil)',
      spec: {
        ...{ type: 'Object', metric: 'rps', selectorText: null },
        ...{ describedObject: { kind: 'Service', name: 'web' }, target: average(1000) },
      },
      sample: { kind: 'object', value: 9001 },
      replicas: 10,
      current: { averageValue: 2251 },
    },
    {
      name: 'external metric queue(nil)',
      spec: queue(value(1000)),
      sample: { kind: 'external', values: [1000, 500] },
      replicas: 6,
      current: { value: 1500 },
    },
    {
      name: 'external metric queue(&LabelSelector{})',
      spec: { ...queue(average(1000)), selectorText: '&LabelSelector{}' } as MetricSpec,
      sample: { kind: 'external', values: [7000] },
      replicas: 7,
      current: { averageValue: 1750 },
    },
  ])('$name', ({ name, spec, sample, replicas, current }) => {
    const { perMetric, ...rest } = proposed([spec], [sample])
    expect(perMetric).toEqual([{ name, replicas, current }])
    expect(rest).toMatchObject({ replicas, metric: name, error: null })
    expect(rest.scalingActive).toEqual({
      ...{ type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
      message: `the HPA was able to successfully calculate a replica count from ${name}`,
    })
  })

  const none: MetricTarget = { type: 'Value' }
  it.each<{ spec: MetricSpec; sample?: Sample; reason: string; words: string }>([
    {
      spec: cpu,
      reason: 'FailedGetResourceMetric',
      words:
        'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch',
    },
    {
      spec: { ...cpu, target: average(5) },
      reason: 'FailedGetResourceMetric',
      words: 'failed to get cpu usage: unable to get metrics for resource cpu: unable to fetch',
    },
    {
      spec: { ...cpu, target: none },
      reason: 'FailedGetResourceMetric',
      words:
        'invalid resource metric source: neither an average utilization target nor an average value (usage) target was set',
    },
    {
      spec: { type: 'ContainerResource', resource: 'cpu', container: 'x', target: utilization(5) },
      sample: using(100),
      reason: 'FailedGetContainerResourceMetric',
      words:
        'failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)',
    },
    {
      spec: { type: 'Pods', metric: 'rps', target: average(5) },
      reason: 'FailedGetPodsMetric',
      words: 'unable to get metric rps: unable to fetch',
    },
    {
      spec: {
        ...{ type: 'Object', metric: 'rps', selectorText: null, target: value(5) },
        describedObject: { kind: 'Service', name: 'web' },
      },
      reason: 'FailedGetObjectMetric',
      words: 'unable to get metric rps on Service shop/web: unable to fetch',
    },
    {
      spec: {
        ...{ type: 'Object', metric: 'rps', selectorText: null, target: none },
        describedObject: { kind: 'Service', name: 'web' },
      },
      reason: 'FailedGetObjectMetric',
      words:
        'invalid object metric source: neither a value target nor an average value target was set',
    },
    {
      spec: queue(average(5)),
      reason: 'FailedGetExternalMetric',
      words: 'unable to get external metric shop/queue/nil: unable to fetch',
    },
    {
      spec: queue(none),
      reason: 'FailedGetExternalMetric',
      words:
        'invalid external metric source: neither a value target nor an average value target was set',
    },
    {
      spec: { type: 'Unknown', named: 'Cheese' },
      reason: 'InvalidMetricSourceType',
      words: 'unknown metric source type "Cheese"',
    },
  ])('$reason: $words', ({ spec, sample = REFUSED, reason, words }) => {
    const { replicas, scalingActive, error } = proposed([spec], [sample])
    expect(replicas).toBeNull()
    expect(scalingActive).toEqual({
      ...{ type: 'ScalingActive', status: 'False', reason },
      message: `the HPA was unable to compute the replica count: ${words}`,
    })
    expect(error).toMatch(/^invalid metrics \(1 invalid out of 1\), first error is: failed to get /)
  })
})

describe('several metrics', () => {
  const up: Sample = { kind: 'external', values: [9000] }
  const down: Sample = { kind: 'external', values: [1000] }
  const byQueue = queue(average(1000))

  it('the largest proposal counts', () => {
    expect(proposed([cpu, byQueue], [using(800), up])).toMatchObject({
      ...{ replicas: 9, metric: 'external metric queue(nil)', error: null },
    })
    expect(proposed([cpu, byQueue], [using(800), down]).replicas).toBe(7)
  })

  it('one that fails never keeps the others from scaling up, or from staying', () => {
    const error = 'invalid metrics (1 invalid out of 2), first error is: failed to get cpu resource'
    for (const sample of [up, { kind: 'external' as const, values: [4000] }]) {
      const both = proposed([cpu, byQueue], [REFUSED, sample])
      expect(both.replicas).not.toBeNull()
      expect(both.scalingActive.reason).toBe('ValidMetricFound')
      expect(both.error).toContain(error)
    }
  })

  it('but always from scaling down', () => {
    const both = proposed([byQueue, cpu], [down, REFUSED])
    expect(both.replicas).toBeNull()
    expect(both.scalingActive).toMatchObject({ status: 'False', reason: 'FailedGetResourceMetric' })
  })

  it('the first that fails gives the reason', () => {
    const { scalingActive, error } = proposed([byQueue, cpu], [REFUSED, REFUSED])
    expect(scalingActive.reason).toBe('FailedGetExternalMetric')
    expect(error).toContain('(2 invalid out of 2)')
  })

  it('a metric that nothing was fetched for has failed', () => {
    expect(proposed([cpu, byQueue], [using(1000)]).perMetric[1]).toMatchObject({
      failure: expect.stringContaining('nothing was fetched') as string,
    })
  })
})
