import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AuditEntry, auditSince, byForesail } from '../audit-log.ts'
import type { Cluster } from '../cluster.ts'
import { foresailPort, installForesail, startForesail } from '../foresail.ts'
import type { RunningProcess } from '../process.ts'
import type { Scenario } from '../scenario.ts'
import {
  alwaysOpen,
  CAPACITY,
  calmDemand,
  calmHistory,
  createSteered,
  WINDOW_MIN,
} from '../targets/steered.ts'
import { createWorkload } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'

const NAME = 'led'
const ACTS_WITHIN_SECONDS = 25

/** Two controllers, one leader: killed, stopped, and told to write nothing. */
export const scenario: Scenario = {
  name: 'leadership: a killed leader is followed, no two write at a time, the kill switch stops all writes',
  timeoutSeconds: 600,
  beside: true,
  run: async (cluster) => {
    const kubeconfig = await installForesail(cluster)
    const namespace = await cluster.createNamespace('leaders')
    await createWorkload(cluster, {
      ...{ namespace, name: NAME, capacity: CAPACITY, demand: calmDemand },
      ...{ replicas: 3, startUpSeconds: [2, 4] },
      hpa: { minReplicas: 2, maxReplicas: 30, averageUtilization: 70 },
    })
    const prometheus = await cluster.startPrometheus({ history: calmHistory(namespace, [NAME]) })
    const begun = Date.now()
    const processes: RunningProcess[] = []
    for (const name of ['first', 'second', 'third']) {
      processes.push(
        await startForesail(cluster, kubeconfig, {
          ...{ name, namespace, prometheusUrl: prometheus.url, port: await foresailPort() },
        }),
      )
    }
    await steer(cluster, namespace, WINDOW_MIN)
    await untilFloor(cluster, namespace, WINDOW_MIN, 200)

    const killed = await leader(cluster, namespace, processes)
    const killedAt = Date.now()
    await killed.process.kill()
    await steer(cluster, namespace, WINDOW_MIN + 3)
    await untilFloor(cluster, namespace, WINDOW_MIN + 3, 40)
    const [first] = await hpaWrites(cluster, namespace, killedAt)
    assert.ok(first !== undefined && !first.userAgent.includes(killed.identity))
    const actedSeconds = (first.requestReceivedTimestamp - killedAt) / 1000
    cluster.measured(`leader killed: another wrote after ${actedSeconds.toFixed(1)} s`)
    assert.ok(actedSeconds <= ACTS_WITHIN_SECONDS, 'another acts in time')

    const next = await leader(cluster, namespace, processes)
    const stoppedAt = Date.now()
    await next.process.stop()
    const stopSeconds = (Date.now() - stoppedAt) / 1000
    await steer(cluster, namespace, WINDOW_MIN + 5)
    await untilFloor(cluster, namespace, WINDOW_MIN + 5, 40)
    const [after] = await hpaWrites(cluster, namespace, stoppedAt)
    const handedSeconds = ((after?.requestReceivedTimestamp ?? NaN) - stoppedAt) / 1000
    cluster.measured(
      `leader stopped in ${stopSeconds.toFixed(1)} s: another wrote after ${handedSeconds.toFixed(1)} s`,
    )
    await checkKillSwitch(cluster, namespace)
    await checkOverlap(cluster, namespace, begun)
  },
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
    const value = await floorOf(cluster, namespace)
    return value === String(floor) ? value : notYet(value)
  })
}

function floorOf(cluster: Cluster, namespace: string): Promise<string> {
  return cluster.kubectl(
    ...['-n', namespace, 'get', 'hpa', NAME, '-o', 'jsonpath={.spec.minReplicas}'],
  )
}

const leaseName = (namespace: string): string => `foresail-${namespace}-0`

/** Who holds the lease, and which process that is by its log. */
async function leader(
  cluster: Cluster,
  namespace: string,
  processes: readonly RunningProcess[],
): Promise<{ process: RunningProcess; identity: string }> {
  const identity = await cluster.kubectl(
    ...['-n', 'foresail', 'get', 'lease', leaseName(namespace)],
    ...['-o', 'jsonpath={.spec.holderIdentity}'],
  )
  for (const process of processes) {
    const log = await readFile(process.logFile, 'utf8')
    if (log.includes(identity)) return { process, identity }
  }
  throw new Error(`no process calls itself ${identity}`)
}

async function hpaWrites(
  cluster: Cluster,
  namespace: string,
  sinceMs: number,
): Promise<AuditEntry[]> {
  const entries = await writes(cluster, namespace, sinceMs)
  return entries.filter(({ objectRef }) => objectRef.resource === 'horizontalpodautoscalers')
}

/** All that Foresail wrote in the namespace; its leases lie in another. */
async function writes(cluster: Cluster, namespace: string, sinceMs: number): Promise<AuditEntry[]> {
  const entries = await auditSince(cluster.controlPlane.auditFile, sinceMs)
  return entries.filter((entry) => byForesail(entry) && entry.objectRef.namespace === namespace)
}

/** One annotation on the lease, and nothing is written any more, however much is asked. */
async function checkKillSwitch(cluster: Cluster, namespace: string): Promise<void> {
  const stop = (text: string): Promise<string> =>
    cluster.kubectl(
      ...['-n', 'foresail', 'annotate', '--overwrite', 'lease', leaseName(namespace)],
      `foresail.dev/stop-writes=${text}`,
    )
  await stop('true')
  await sleep(6000)
  const sinceMs = Date.now()
  await steer(cluster, namespace, WINDOW_MIN + 8)
  await sleep(70_000)
  const written = await writes(cluster, namespace, sinceMs)
  assert.deepEqual(
    written.map(({ verb, objectRef }) => `${verb} ${objectRef.resource}`),
    [],
  )
  assert.equal(await floorOf(cluster, namespace), String(WINDOW_MIN + 5))
  await stop('false')
  await untilFloor(cluster, namespace, WINDOW_MIN + 8, 60)
  cluster.measured('kill switch on: no write in 70 s though more was asked; off: written')
}

/** By the audit log: the writes of two identities never alternate. */
async function checkOverlap(cluster: Cluster, namespace: string, sinceMs: number): Promise<void> {
  const entries = await writes(cluster, namespace, sinceMs)
  const turns = entries
    .map(({ userAgent }) => userAgent)
    .filter((agent, i, all) => agent !== all[i - 1])
  cluster.measured(`${entries.length} writes by ${turns.length} leaders, one after another`)
  assert.equal(turns.length, new Set(turns).size, 'no leader writes after another has begun')
  assert.equal(turns.length, 3)
}
