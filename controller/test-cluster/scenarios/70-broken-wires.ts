import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { auditSince, byForesail } from '../audit-log.ts'
import type { Cluster } from '../cluster.ts'
import { startTcpProxy } from '../faults/tcp-proxy.ts'
import { foresailPort, installForesail, startForesail } from '../foresail.ts'
import { httpGet } from '../http-get.ts'
import type { Scenario } from '../scenario.ts'
import { alwaysOpen, CAPACITY, calmDemand, calmHistory, createSteered } from '../targets/steered.ts'
import { createWorkload } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'

const NAME = 'wired'
/** What is asked for, one after another; each is to be written once. */
const FLOORS = { steered: 9, restarted: 12, contended: 14, silenced: 16 }

/** Everything between Foresail and the API server breaks in turn, and each floor is written exactly once. */
export const scenario: Scenario = {
  name: 'API server restarted, a second writer, half-open sockets: no write lost, none doubled',
  timeoutSeconds: 600,
  run: async (cluster) => {
    const proxy = await startTcpProxy(Number(new URL(cluster.controlPlane.server).port))
    cluster.defer(() => proxy.stop())
    const kubeconfig = await through(cluster, await installForesail(cluster), proxy.port)
    const namespace = await cluster.createNamespace(NAME)
    await createWorkload(cluster, {
      ...{ namespace, name: NAME, capacity: CAPACITY, demand: calmDemand },
      ...{ replicas: 3, startUpSeconds: [2, 4] },
      hpa: { minReplicas: 2, maxReplicas: 30, averageUtilization: 70 },
    })
    const prometheus = await cluster.startPrometheus({ history: calmHistory(namespace, [NAME]) })
    const port = await foresailPort()
    const controller = await startForesail(cluster, kubeconfig, {
      ...{ name: NAME, namespace, prometheusUrl: prometheus.url, port },
    })
    const begun = Date.now()
    const raise = async (what: string, floor: number, withinSeconds: number): Promise<void> => {
      const start = performance.now()
      await steer(cluster, namespace, floor)
      await untilFloor(cluster, namespace, floor, withinSeconds)
      const took = ((performance.now() - start) / 1000).toFixed(1)
      cluster.measured(`${what}: floor ${floor} written ${took} s after it was asked`)
    }
    await raise('all well', FLOORS.steered, 200)

    const goneBefore = await watchRestarts(port, 'Gone')
    await cluster.controlPlane.restartApiServer(2)
    await raise('API server restarted', FLOORS.restarted, 90)
    const gone = (await watchRestarts(port, 'Gone')) - goneBefore
    cluster.measured(`watches answered with 410 after the restart: ${gone}`)

    const contended = await secondWriter(cluster, namespace)
    await raise('a second writer', FLOORS.contended, 90)
    cluster.measured(`the second writer wrote ${await contended.stop()} times meanwhile`)

    const dead = proxy.silence()
    await raise(`${dead} connections half-open`, FLOORS.silenced, 150)
    assert.ok(controller.running(), 'the controller lives on')
    await checkWrites(cluster, namespace, begun)
    await checkNoException(controller.logFile)
  },
}

/** The kubeconfig by way of a proxy: TLS goes through it, end to end. */
async function through(cluster: Cluster, kubeconfig: string, port: number): Promise<string> {
  const text = await readFile(kubeconfig, 'utf8')
  const file = join(cluster.artefacts, 'foresail-through-proxy.kubeconfig')
  await writeFile(file, text.replaceAll(cluster.controlPlane.server, `https://127.0.0.1:${port}`), {
    mode: 0o600,
  })
  cluster.defer(() => writeFile(file, ''))
  return file
}

function steer(cluster: Cluster, namespace: string, minReplicas: number): Promise<void> {
  return createSteered(cluster, {
    ...{ namespace, name: NAME, actuator: { type: 'HorizontalPodAutoscaler', name: NAME } },
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
    more: { bounds: [alwaysOpen(minReplicas)] },
  })
}

async function untilFloor(
  cluster: Cluster,
  namespace: string,
  floor: number,
  seconds: number,
): Promise<void> {
  await waitFor(`the floor at ${floor}`, seconds, async () => {
    const hpa = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
      ...{ namespace, name: NAME },
    })
    return hpa.spec.minReplicas === floor ? floor : notYet(String(hpa.spec.minReplicas))
  })
}

/** Somebody who changes the same HPA without a pause, so that every other write meets a newer version. */
async function secondWriter(
  cluster: Cluster,
  namespace: string,
): Promise<{ stop: () => Promise<number> }> {
  let [writes, over] = [0, false]
  const hammer = async (): Promise<void> => {
    while (!over) {
      const found = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
        ...{ namespace, name: NAME },
      })
      const { metadata } = found
      if (metadata === undefined) throw new Error('an HPA without metadata')
      metadata.annotations = { ...metadata.annotations, 'test.foresail.dev/note': String(writes) }
      // It loses to others as they lose to it.
      await cluster.autoscaling
        .replaceNamespacedHorizontalPodAutoscaler({ namespace, name: NAME, body: found })
        .then(
          () => writes++,
          () => undefined,
        )
    }
  }
  const working = hammer()
  const stop = async (): Promise<number> => {
    over = true
    await working
    return writes
  }
  cluster.defer(stop)
  await waitFor('the second writer writes', 10, () =>
    Promise.resolve(writes > 5 ? true : notYet(writes)),
  )
  return { stop }
}

async function watchRestarts(port: number, reason: string): Promise<number> {
  const { body } = await httpGet(`http://127.0.0.1:${port}/metrics`)
  const found = new RegExp(`^foresail_watch_restarts_total\\{reason="${reason}"\\} (\\S+)`, 'm')
  return Number(found.exec(body)?.[1] ?? 0)
}

const floorWritten = z.object({ spec: z.object({ minReplicas: z.number() }) })

/** From the API server's own record: which floors were written, and how often that failed. */
async function checkWrites(cluster: Cluster, namespace: string, sinceMs: number): Promise<void> {
  const tried = (await auditSince(cluster.controlPlane.auditFile, sinceMs)).filter(
    (entry) =>
      byForesail(entry) &&
      entry.objectRef.namespace === namespace &&
      entry.objectRef.resource === 'horizontalpodautoscalers',
  )
  const written = tried
    .filter(({ responseStatus }) => responseStatus.code === 200)
    .map(({ requestObject }) => floorWritten.parse(requestObject).spec.minReplicas)
  const refused = tried.filter(({ responseStatus }) => responseStatus.code === 409).length
  cluster.measured(
    `audit log: floors written ${written.join(', ')}; ${refused} writes met a newer version (409)`,
  )
  assert.deepEqual(written, Object.values(FLOORS), 'each floor once, in the order of asking')
  assert.equal(tried.length, written.length + refused, 'and nothing else was tried')
}

async function checkNoException(logFile: string): Promise<void> {
  const log = await readFile(logFile, 'utf8')
  const failed = log.split('\n').filter((line) => line.includes('Failed to reconcile'))
  const thrown = failed.filter((line) => /TypeError|RangeError|ReferenceError/.test(line))
  assert.deepEqual(thrown, [], 'no exception in the loop')
}
