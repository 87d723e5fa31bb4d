import assert from 'node:assert/strict'
import type { Cluster } from '../cluster.ts'
import { DEMAND_METRIC, seriesLabels, seriesText } from '../exposition.ts'
import { recordWorkload } from '../ready-recorder.ts'
import type { Scenario } from '../scenario.ts'
import { createWorkload, waitForReadyPods } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'

const START_UP = [6, 10] as const
const DAY_MS = 86_400_000

/** The harness itself: pods start as slowly as asked, the HPA scales, Prometheus has history. */
export const scenario: Scenario = {
  name: 'the harness is real',
  run: async (cluster) => {
    const namespace = await cluster.createNamespace('harness')
    await startUpDelays(cluster, namespace)
    await hpaScales(cluster, namespace)
    await prometheusHasHistory(cluster, namespace)
    await apiServerRestarts(cluster, namespace)
  },
}

async function startUpDelays(cluster: Cluster, namespace: string): Promise<void> {
  await createWorkload(cluster, {
    ...{ namespace, name: 'web', replicas: 3, startUpSeconds: START_UP },
    hpa: { minReplicas: 3, maxReplicas: 20, averageUtilization: 70 },
    ...{ capacity: 100, demand: () => 210 },
  })
  recordWorkload(cluster, namespace, 'web')
  await waitForReadyPods(cluster, namespace, 'web', 3, 30)
  const { items } = await cluster.core.listNamespacedPod({ namespace })
  for (const { metadata, status } of items) {
    const since = (type: string): number =>
      status?.conditions?.find((one) => one.type === type)?.lastTransitionTime?.getTime() ?? 0
    const took = (since('Ready') - since('PodScheduled')) / 1000
    cluster.measured(`${metadata?.name ?? ''}: Ready ${took} s after it was scheduled`)
    // Times in the API are whole seconds, and kwok needs a moment to write.
    assert.ok(took >= START_UP[0] - 1 && took <= START_UP[1] + 2, `start-up took ${took} s`)
  }
}

async function hpaScales(cluster: Cluster, namespace: string): Promise<void> {
  // 5.5 pods' whole requests: 8 pods at 69 %, off an edge, since the HPA rounds a pod's usage up.
  cluster.metrics.setLoad({
    ...{ namespace, workload: 'web', selector: { app: 'web' }, cpuMillis: 100, capacity: 100 },
    demand: () => 550,
  })
  const start = performance.now()
  await waitForReadyPods(cluster, namespace, 'web', 8, 180)
  cluster.measured(
    `HPA: 3 → 8 pods Ready ${((performance.now() - start) / 1000).toFixed(0)} s after the demand`,
  )
  const hpa = await waitFor('the HPA sees 69 %', 60, async () => {
    const seen = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
      ...{ namespace, name: 'web' },
    })
    const used = seen.status?.currentMetrics?.[0]?.resource?.current.averageUtilization
    return used === 69 ? seen : notYet(`${used ?? 'no'} %`)
  })
  assert.equal(hpa.status?.desiredReplicas, 8)

  cluster.metrics.setFailing({ resourceMetrics: true })
  await waitFor('the HPA reports failing metrics', 60, async () => {
    const seen = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
      ...{ namespace, name: 'web' },
    })
    const active = seen.status?.conditions?.find(({ type }) => type === 'ScalingActive')
    return active?.status === 'False' ? true : notYet(active?.message ?? 'no condition')
  })
  cluster.metrics.setFailing({ resourceMetrics: false })
}

async function prometheusHasHistory(cluster: Cluster, namespace: string): Promise<void> {
  const labels = seriesLabels(namespace, 'web')
  const series = seriesText(DEMAND_METRIC, labels)
  const prometheus = await cluster.startPrometheus({
    history: [{ name: DEMAND_METRIC, labels, value: () => 550 }],
  })
  await waitFor('live samples are there', 30, async () => {
    const count = await prometheus.query(`count_over_time(${series}[10s])`)
    return count !== undefined && count >= 5 ? count : notYet(count ?? 'none')
  })
  const start = performance.now()
  const now = Date.now()
  const points = await prometheus.queryRange(series, now - 7 * DAY_MS, now, 60)
  cluster.measured(
    `7 days at 60 s: ${points.length} points in ${(performance.now() - start).toFixed(0)} ms`,
  )
  assert.ok(points.length >= 10_079, `expected about 10080 points, saw ${points.length}`)
  assert.ok(points.every(({ value }) => value === 550))

  await prometheus.restart()
  const again = await prometheus.queryRange(series, now - 7 * DAY_MS, now, 60)
  assert.equal(again.length, points.length, 'points after a restart')
  await prometheus.restart({ empty: true })
  const none = await prometheus.queryRange(series, now - 7 * DAY_MS, now - 60_000, 60)
  assert.equal(none.length, 0, 'points after a restart with an empty folder')
}

async function apiServerRestarts(cluster: Cluster, namespace: string): Promise<void> {
  const start = performance.now()
  await cluster.controlPlane.restartApiServer(2)
  cluster.measured(
    `API server back ${((performance.now() - start) / 1000).toFixed(1)} s after it was told to end`,
  )
  await cluster.kubectl('-n', namespace, 'scale', 'deployment/web', '--replicas=9')
  await waitForReadyPods(cluster, namespace, 'web', 9, 60)
}
