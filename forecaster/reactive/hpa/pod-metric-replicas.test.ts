import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshMetrics, NOW, servingPod, servingPods, TIMING, TOLERANCE } from './example-pods.ts'
import { isFailure } from './failure.ts'
import { int64, MAX_INT64 } from './int64.ts'
import type { Pod, PodMetrics } from './pod.ts'
import { meanReplicas, type UtilizationInput, utilizationReplicas } from './pod-metric-replicas.ts'

const PENDING = { phase: 'Pending' }

function input(pods: readonly Pod[], metrics: PodMetrics, currentReplicas = pods.length) {
  const around = { tolerance: TOLERANCE, timing: TIMING, nowSeconds: NOW }
  return { pods, metrics, currentReplicas, ...around }
}

function utilization(
  pods: readonly Pod[],
  metrics: PodMetrics,
  change: Partial<UtilizationInput> = {},
) {
  return utilizationReplicas({
    ...input(pods, metrics),
    ...{ resource: 'cpu', container: null, targetPercent: 100, podLevelResources: false },
    ...change,
  })
}

/** Pods of which the first are serving, then some pending; every request is a core. */
function mixed(serving: number, pending: number): Pod[] {
  return [
    ...servingPods(serving),
    ...servingPods(pending).map((pod, i) => ({ ...pod, ...PENDING, name: `pending-${i}` })),
  ]
}

function replicasOf(result: ReturnType<typeof utilizationReplicas>) {
  return isFailure(result) ? result.failure : result.replicas
}

describe('every pod serves', () => {
  it.each([
    { name: 'on target', usage: [1000, 1000, 1000], replicas: 3 },
    { name: 'the upper edge of the tolerance is within', usage: [1100, 1100, 1100], replicas: 3 },
    { name: 'so is what falls below the next per cent', usage: [1109, 1109, 1109], replicas: 3 },
    { name: 'beyond it', usage: [1110, 1110, 1110], replicas: 4 },
    { name: 'the lower edge is within', usage: [900, 900, 900], replicas: 3 },
    { name: 'below it', usage: [400, 400, 400], replicas: 2 },
    { name: 'no load at all', usage: [0, 0, 0], replicas: 0 },
  ])('$name: $replicas', ({ usage, replicas }) => {
    expect(replicasOf(utilization(servingPods(3), freshMetrics(...usage)))).toBe(replicas)
  })

  it('multiplies with the pods that have a metric, not with the current replicas', () => {
    const pods = servingPods(4)
    const metrics = freshMetrics(2000, 2000, 2000, 2000)
    expect(replicasOf(utilization(pods, metrics, { currentReplicas: 10 }))).toBe(8)
    // So it can ask for fewer while all are overloaded; within the tolerance it keeps what is asked.
    const little = freshMetrics(1200, 1200, 1200, 1200)
    expect(replicasOf(utilization(pods, little, { currentReplicas: 10 }))).toBe(5)
    const within = freshMetrics(1100, 1100, 1100, 1100)
    expect(replicasOf(utilization(pods, within, { currentReplicas: 10 }))).toBe(10)
  })

  it('rounds the product up, not the ratio', () => {
    const usage = Array<number>(10).fill(1210)
    expect(replicasOf(utilization(servingPods(10), freshMetrics(...usage)))).toBe(13)
  })

  it('takes one container alone', () => {
    const pods = servingPods(2, {
      containers: [
        { name: 'app', requests: { cpu: 500 } },
        { name: 'bare', requests: {} },
      ],
    })
    expect(replicasOf(utilization(pods, freshMetrics(1000, 1000), { container: 'app' }))).toBe(4)
  })
})

describe('pods without a metric', () => {
  it.each([
    { name: 'count as their whole request on the way down', usage: 400, replicas: 3 },
    { name: 'and may hold it up altogether', usage: 850, replicas: 4 },
    { name: 'as nothing on the way up', usage: 1800, replicas: 6 },
    { name: 'and may hold that up too', usage: 1400, replicas: 4 },
    { name: 'not at all on target', usage: 1000, replicas: 4 },
  ])('$name', ({ usage, replicas }) => {
    const metrics = freshMetrics(usage, usage, usage, null)
    expect(replicasOf(utilization(servingPods(4), metrics))).toBe(replicas)
  })

  it('count as the target on the way down where that is above their request', () => {
    const metrics = freshMetrics(600, 600, 600, null)
    // (3 · 600 + 1500) / 4 = 82 %: 82 / 150 · 4 = 2.2. With the request alone it would be 70 %: 2.
    expect(replicasOf(utilization(servingPods(4), metrics, { targetPercent: 150 }))).toBe(3)
  })

  it('never turn the direction', () => {
    // 120 % of three; with two more at nothing 72 %.
    const metrics = freshMetrics(1200, 1200, 1200, null, null)
    expect(replicasOf(utilization(servingPods(5), metrics))).toBe(5)
    // Down to 4.x of 5 pods, with three replicas asked for: as many pods as that would be more.
    const low = freshMetrics(700, 700, 700, null, null)
    expect(replicasOf(utilization(servingPods(5), low, { currentReplicas: 3 }))).toBe(3)
  })
})

describe('pods that are not ready', () => {
  it.each([
    { name: 'count as nothing on the way up', serving: 4, pending: 2, usage: 3000, replicas: 12 },
    { name: 'and may hold it up', serving: 9, pending: 1, usage: 1150, replicas: 10 },
    { name: 'never on the way down', serving: 4, pending: 2, usage: 500, replicas: 2 },
  ])('$name', ({ serving, pending, usage, replicas }) => {
    const metrics = freshMetrics(...Array<number>(serving).fill(usage))
    expect(replicasOf(utilization(mixed(serving, pending), metrics))).toBe(replicas)
  })

  it('have their metric dropped, and those that are gone too', () => {
    const pods = [...servingPods(2), servingPod({ name: 'web-2', ...PENDING })]
    expect(replicasOf(utilization(pods, freshMetrics(500, 500, 9000)))).toBe(1)
    const gone = [...servingPods(2), servingPod({ name: 'web-2', deleted: true })]
    expect(replicasOf(utilization(gone, freshMetrics(500, 500, 9000)))).toBe(1)
  })
})

describe('failures', () => {
  it.each([
    {
      name: 'no pod',
      pods: [],
      failure: 'no pods returned by selector while calculating replica count',
    },
    {
      name: 'only pods that do not count',
      pods: servingPods(2, { deleted: true }),
      failure: 'did not receive metrics for targeted pods (pods might be unready)',
    },
    {
      name: 'a pod without a request, even one that does not count',
      pods: [...servingPods(1), servingPod({ name: 'x', deleted: true, containers: [] })].map(
        (pod) => ({ ...pod, containers: [{ name: 'app', requests: {} }] }),
      ),
      failure: 'missing request for cpu in container app of Pod web-0',
    },
  ])('$name', ({ pods, failure }) => {
    expect(utilization(pods, freshMetrics(500, 500))).toEqual({ failure })
  })
})

describe('a target per pod', () => {
  const mean = (
    pods: readonly Pod[],
    metrics: PodMetrics,
    resource = '',
    currentReplicas?: number,
  ) => {
    const result = meanReplicas({
      ...input(pods, metrics, currentReplicas),
      ...{ resource, target: 1000 },
    })
    return isFailure(result) ? result.failure : result
  }

  it.each([
    { name: 'is over the whole mean', values: [1000, 1201], replicas: 2, averageUsage: 1100 },
    { name: 'goes up', values: [2000, 3001], replicas: 5, averageUsage: 2500 },
    {
      name: 'fills in the target on the way down',
      values: [100, null],
      replicas: 2,
      averageUsage: 100,
    },
    { name: 'and nothing on the way up', values: [3000, null], replicas: 3, averageUsage: 3000 },
  ])('$name', ({ values, replicas, averageUsage }) => {
    const result = mean(servingPods(2), freshMetrics(...values))
    expect(result).toEqual({ replicas, averageUsage })
  })

  it('needs no request and no readiness', () => {
    const pods = servingPods(2, { containers: [], ready: null, startSeconds: null })
    expect(mean(pods, freshMetrics(2000, 2000))).toEqual({ replicas: 4, averageUsage: 2000 })
    expect(mean(pods, freshMetrics(2000, 2000), 'cpu')).toBe(
      'did not receive metrics for targeted pods (pods might be unready)',
    )
  })

  it('counts the metric of a pod that is not listed', () => {
    const metrics = freshMetrics(1000, 4000)
    expect(mean(servingPods(1), metrics)).toEqual({ replicas: 3, averageUsage: 2500 })
    // Filled in, it is one of the pods too.
    const pods = [...servingPods(1), servingPod({ name: 'bare' })]
    expect(mean(pods, metrics)).toEqual({ replicas: 5, averageUsage: 2500 })
  })
})

describe('for any pods', () => {
  const someInt64 = fc.oneof(
    fc.bigInt({ min: 0n, max: 5000n }),
    fc.bigInt({ min: 0n, max: MAX_INT64 }),
    fc.bigInt({ min: -(2n ** 63n), max: MAX_INT64 }),
  )
  const somePod = fc.record({
    phase: fc.constantFrom('Running', 'Running', 'Running', 'Pending', 'Failed'),
    deleted: fc.constantFrom(false, false, false, true),
    status: fc.constantFrom('True', 'True', 'False'),
    age: fc.nat(600),
    usage: fc.option(someInt64, { freq: 5 }),
    request: someInt64,
  })
  const somePods = fc.array(somePod, { minLength: 1, maxLength: 8 }).map((rows) => {
    const pods = rows.map(({ phase, deleted, status, age, request }, i) =>
      servingPod({
        ...{ name: `web-${i}`, phase, deleted, startSeconds: NOW - age },
        ready: { status, sinceSeconds: NOW - age / 2 },
        containers: [{ name: 'app', requests: { cpu: int64(request) } }],
      }),
    )
    const values = rows.map(({ usage }) => (usage === null ? null : int64(usage)))
    return { pods, metrics: freshMetrics(...values) }
  })

  it('the order of pods does not matter', () => {
    fc.assert(
      fc.property(somePods, fc.nat(20), fc.integer({ min: 1, max: 300 }), (given, at, target) => {
        const { pods, metrics } = given
        const turned = [
          ...pods.slice(at % pods.length),
          ...pods.slice(0, at % pods.length),
        ].reverse()
        const reversed = new Map([...metrics].reverse())
        const change = { targetPercent: target }
        expect(utilization(turned, reversed, change)).toEqual(utilization(pods, metrics, change))
        const plain = { resource: '', target }
        expect(meanReplicas({ ...input(turned, reversed), ...plain })).toEqual(
          meanReplicas({ ...input(pods, metrics), ...plain }),
        )
      }),
    )
  })

  it('replicas are whole and of 32 bits, usage whole and of 64', () => {
    const target = fc.bigInt({ min: 1n, max: MAX_INT64 })
    fc.assert(
      fc.property(somePods, target, ({ pods, metrics }, aim) => {
        const targetPercent = Number(BigInt.asUintN(31, aim)) + 1
        const results = [
          utilization(pods, metrics, { targetPercent }),
          meanReplicas({ ...input(pods, metrics), resource: 'cpu', target: int64(aim) }),
        ]
        for (const result of results) {
          if (isFailure(result)) continue
          expect(result.replicas).toBe(result.replicas | 0)
          const usage = BigInt(result.averageUsage)
          expect(usage).toBe(BigInt.asIntN(64, usage))
        }
      }),
    )
  })

  it('more usage never asks for less, where every replica serves or has no metric', () => {
    const level = fc.integer({ min: 0, max: 4000 })
    const row = fc.record({ usage: level, missing: fc.boolean() })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        level,
        fc.nat(),
        (rows, more, at) => {
          fc.pre(rows.some(({ missing }) => !missing))
          const pods = servingPods(rows.length)
          const metricsOf = (extra: number) =>
            freshMetrics(
              ...rows.map(({ usage, missing }, i) =>
                missing ? null : usage + (i === at % rows.length ? extra : 0),
              ),
            )
          const [less, after] = [metricsOf(0), metricsOf(more)].map((metrics) =>
            utilization(pods, metrics, { targetPercent: 80 }),
          )
          const replicas = [less, after].map((result) => Number(result && replicasOf(result)))
          expect(replicas[1]).toBeGreaterThanOrEqual(replicas[0] ?? NaN)
        },
      ),
    )
  })
})
