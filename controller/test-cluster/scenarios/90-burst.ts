import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { auditSince, byForesail } from '../audit-log.ts'
import type { Cluster } from '../cluster.ts'
import { foresailPort, installForesail, startForesail } from '../foresail.ts'
import { httpGet } from '../http-get.ts'
import type { Scenario } from '../scenario.ts'
import { CAPACITY, calmDemand, calmHistory, createSteered } from '../targets/steered.ts'
import { createWorkload, waitForReadyPods } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'

const NAME = 'burst'
const MANY = 3000

/** A floor that goes from a few to thousands in one step, because a person said so: the sanity bound is not his. */
export const scenario: Scenario = {
  name: `a burst: the floor raised to ${MANY} in one step`,
  timeoutSeconds: 600,
  run: async (cluster) => {
    const kubeconfig = await installForesail(cluster)
    const namespace = await cluster.createNamespace(NAME)
    await createWorkload(cluster, {
      ...{ namespace, name: NAME, capacity: CAPACITY, demand: calmDemand },
      ...{ replicas: 3, startUpSeconds: [2, 6], cpuMillis: 100 },
      hpa: { minReplicas: 3, maxReplicas: MANY, averageUtilization: 80 },
    })
    const prometheus = await cluster.startPrometheus({ history: calmHistory(namespace, [NAME]) })
    const port = await foresailPort()
    await startForesail(cluster, kubeconfig, {
      ...{ name: NAME, namespace, prometheusUrl: prometheus.url, port },
    })
    // The window is known from the start, and opens at a minute to come: nothing else changes then.
    const opensAt = new Date(Math.ceil(Date.now() / 60_000 + 3) * 60_000)
    const burst = {
      name: 'burst',
      cron: `${opensAt.getUTCMinutes()} ${opensAt.getUTCHours()} * * *`,
      ...{ durationSeconds: 3600, minReplicas: MANY },
    }
    await createSteered(cluster, {
      ...{ namespace, name: NAME, actuator: { type: 'HorizontalPodAutoscaler', name: NAME } },
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
      more: { minReplicas: 3, maxReplicas: MANY, bounds: [burst] },
    })
    await waitFor('it steers', 120, async () => {
      const text = await cluster.kubectl(
        ...['-n', namespace, 'get', 'pscaler', NAME, '-o', 'jsonpath={.status.lastDecision}'],
      )
      return text.includes('replicas') ? text : notYet(text)
    })
    const leadMs = 2 * 60_000
    await sleep(Math.max(0, opensAt.getTime() - leadMs - 10_000 - Date.now()))

    const saidAt = Date.now()
    const before = await ownWork(port)
    await untilFloor(cluster, namespace, MANY, 150)
    const begun = performance.now()
    const after = await ownWork(port)
    await waitForReadyPods(cluster, namespace, NAME, MANY, 300)
    const readySeconds = (performance.now() - begun) / 1000
    const end = await ownWork(port)

    const writes = (await auditSince(cluster.controlPlane.auditFile, saidAt)).filter(
      (entry) => byForesail(entry) && entry.objectRef.resource === 'horizontalpodautoscalers',
    )
    cluster.measured(
      `floor 3 -> ${MANY} in ${writes.length} write, ${Math.round((opensAt.getTime() - Date.now()) / 1000 + readySeconds)} s before its window opened; all Ready ${readySeconds.toFixed(0)} s later`,
    )
    cluster.measured(
      `the controller's own work until the write: ${(after.reconcileSeconds - before.reconcileSeconds).toFixed(2)} s in reconciles, ${(after.cpuSeconds - before.cpuSeconds).toFixed(2)} s of CPU; ${(end.cpuSeconds - after.cpuSeconds).toFixed(2)} s of CPU for ${MANY} pods that started`,
    )
    assert.equal(writes.length, 1, 'one write')
    assert.ok(after.cpuSeconds - before.cpuSeconds < 1, 'the write costs less than a second')
  },
}

async function untilFloor(
  cluster: Cluster,
  namespace: string,
  floor: number,
  seconds: number,
): Promise<void> {
  await waitFor(`the floor at ${floor}`, seconds, async () => {
    const value = await cluster.kubectl(
      ...['-n', namespace, 'get', 'hpa', NAME, '-o', 'jsonpath={.spec.minReplicas}'],
    )
    return value === String(floor) ? value : notYet(value)
  })
}

/** What the controller says of itself. */
async function ownWork(port: number): Promise<{ reconcileSeconds: number; cpuSeconds: number }> {
  const { body } = await httpGet(`http://127.0.0.1:${port}/metrics`)
  const value = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)`, 'm').exec(body)?.[1] ?? NaN)
  return {
    reconcileSeconds: value('foresail_reconcile_duration_seconds_sum'),
    cpuSeconds: value('process_cpu_seconds_total'),
  }
}
