import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../cluster.ts'
import type { FaultName, PrometheusProxy } from '../faults/prometheus-proxy.ts'
import { FAULT_NAMES, startPrometheusProxy } from '../faults/prometheus-proxy.ts'
import { BAD_NAMES, storeBadScalers } from '../faults/stored-before.ts'
import { foresailPort, installForesail, startForesail } from '../foresail.ts'
import { recordWorkload } from '../ready-recorder.ts'
import type { Scenario } from '../scenario.ts'
import { CAPACITY, calmDemand, calmHistory, createSteered, WINDOW_MIN } from '../targets/steered.ts'
import { createWorkload } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'

const HEALTHY = 'healthy'
/** Its source answers well at first, then in every bad way. */
const TURNING = 'turning'
const SYNC_SECONDS = 15

/** What each bad answer is called in HistoryAvailable. */
const REASON_OF: Record<FaultName, string> = {
  html: 'NotPrometheus',
  truncated: 'NotPrometheus',
  huge: 'TooLarge',
  stall: 'Timeout',
  'status-error': 'BadQuery',
  empty: 'NoSeries',
  several: 'SeveralSeries',
  text: 'NotPrometheus',
  unavailable: 'ServerError',
}

/** Everything that can be wrong with an object, a target or an answer, beside one scaler that is well. */
export const scenario: Scenario = {
  name: 'bad input: each gets its reason, nothing falls, nobody else notices',
  timeoutSeconds: 600,
  beside: true,
  run: async (cluster) => {
    const kubeconfig = await installForesail(cluster)
    const namespace = await cluster.createNamespace('bad')
    for (const name of [HEALTHY, TURNING]) {
      await createWorkload(cluster, {
        ...{ namespace, name, capacity: CAPACITY, demand: calmDemand },
        ...{ replicas: 3, startUpSeconds: [2, 4] },
        hpa: { minReplicas: 2, maxReplicas: 30, averageUtilization: 70 },
      })
    }
    const prometheus = await cluster.startPrometheus({
      history: calmHistory(namespace, [HEALTHY, TURNING]),
    })
    const proxy = await startPrometheusProxy(prometheus.url)
    cluster.defer(() => proxy.stop())
    await storeBadScalers(cluster, namespace)
    const faulty = FAULT_NAMES.map((name) => [name, proxy.faultyUrl(name)] as const)
    const controller = await startForesail(cluster, kubeconfig, {
      ...{ name: 'bad', namespace, prometheusUrl: prometheus.url, port: await foresailPort() },
      sources: { [TURNING]: proxy.url, ...Object.fromEntries(faulty) },
    })
    await createScalers(cluster, namespace)

    await checkReasons(cluster, namespace, controller.logFile)
    await checkTurning(cluster, namespace, proxy)
    assert.ok(controller.running(), 'the controller lives on')
    await checkLog(cluster, controller.logFile)
  },
}

async function createScalers(cluster: Cluster, namespace: string): Promise<void> {
  const deployed = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name })
  const adopted = (name: string) => ({ type: 'HorizontalPodAutoscaler', name })
  for (const [name, source] of [
    [HEALTHY, 'default'],
    [TURNING, TURNING],
    ...FAULT_NAMES.map((fault) => [`answer-${fault}`, fault] as const),
  ] as const) {
    await createSteered(cluster, {
      ...{ namespace, name, source, scaleTargetRef: deployed(name), actuator: adopted(name) },
    })
  }
  const actuator = { type: 'Scale' }
  for (const [name, scaleTargetRef] of [
    ['missing', deployed('missing')],
    ['forbidden', { ...deployed('forbidden'), kind: 'ReplicaSet' }],
  ] as const) {
    await createSteered(cluster, { namespace, name, scaleTargetRef, actuator })
  }
}

async function checkReasons(cluster: Cluster, namespace: string, logFile: string): Promise<void> {
  const expected = new Map<string, readonly [type: string, reason: string]>([
    ...BAD_NAMES.map((name) => [name, ['Ready', 'InvalidSpec']] as const),
    ...FAULT_NAMES.map(
      (name) => [`answer-${name}`, ['HistoryAvailable', REASON_OF[name]]] as const,
    ),
    ['missing', ['TargetScalable', 'TargetNotFound']],
    ['forbidden', ['TargetScalable', 'AccessDenied']],
    [HEALTHY, ['Ready', 'Acting']],
    [TURNING, ['Ready', 'Acting']],
  ])
  const start = performance.now()
  let onlyLogged: string[] = []
  await waitFor('every scaler says what is wrong with it', 200, async () => {
    const reasons = await reasonsOf(cluster, namespace)
    // Of some objects the API server takes no status at all any more: then the log is all there is.
    const logged = (await logLines(logFile)).filter(
      ({ msg }) => msg === 'Failed to refuse PredictiveScaler',
    )
    onlyLogged = BAD_NAMES.filter((bad) => logged.some(({ name }) => name === bad))
    const others = [...expected].flatMap(([name, [type, reason]]) => {
      const said = reasons.get(name)?.get(type) ?? 'nothing'
      return said === reason || onlyLogged.includes(name)
        ? []
        : `${name}: ${type} ${said}, not ${reason}`
    })
    return others.length === 0 ? true : notYet(others.join('; '))
  })
  const took = ((performance.now() - start) / 1000).toFixed(0)
  cluster.measured(
    `${BAD_NAMES.length} objects stored before the rules, ${FAULT_NAMES.length} bad answers, ` +
      `2 bad targets: each with its own reason after ${took} s`,
  )
  if (onlyLogged.length > 0) {
    cluster.measured(
      `EVENT AND LOG ONLY, no condition: the API server refuses every status of ${onlyLogged.join(', ')}`,
    )
  }
}

/** Reasons by name of the scaler and type of the condition. */
async function reasonsOf(
  cluster: Cluster,
  namespace: string,
): Promise<Map<string, Map<string, string>>> {
  const text = await cluster.kubectl('-n', namespace, 'get', 'pscaler', '-o', 'json')
  const { items } = JSON.parse(text) as {
    items: {
      metadata: { name: string }
      status?: { conditions?: { type: string; reason: string }[] }
    }[]
  }
  return new Map(
    items.map(({ metadata, status }) => [
      metadata.name,
      new Map(status?.conditions?.map(({ type, reason }) => [type, reason]) ?? []),
    ]),
  )
}

/** A source that was well goes bad in every way in turn: the floor that stands is not moved. */
async function checkTurning(
  cluster: Cluster,
  namespace: string,
  proxy: PrometheusProxy,
): Promise<void> {
  const recorder = recordWorkload(cluster, namespace, TURNING, 'bad-input-turning.csv')
  await waitFor(`the floor at ${WINDOW_MIN}`, 60, () => {
    const floor = recorder.seconds.at(-2)?.minReplicas
    return Promise.resolve(floor === WINDOW_MIN ? true : notYet(String(floor)))
  })
  const turnedAt = Date.now()
  for (const fault of FAULT_NAMES) {
    proxy.setFault(fault)
    await sleep(SYNC_SECONDS * 1000)
  }
  proxy.setFault(undefined)
  await recorder.stop()
  const turned = recorder.seconds.filter(({ at }) => at >= turnedAt)
  const floors = new Set(turned.map(({ minReplicas }) => minReplicas).filter((floor) => floor > 0))
  const desired = turned.map((second) => second.desired).filter((replicas) => replicas > 0)
  cluster.measured(
    `a source gone bad in ${FAULT_NAMES.length} ways over ${turned.length} s: floor ${[...floors].join(', ')}, replicas never below ${Math.min(...desired)}`,
  )
  assert.deepEqual([...floors], [WINDOW_MIN])
  assert.ok(Math.min(...desired) >= WINDOW_MIN)
}

interface LogLine {
  time: string
  msg: string
  name?: string
}

async function logLines(file: string): Promise<LogLine[]> {
  return (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogLine)
}

/** No exception reached the loop, and who is well decided at every step. */
async function checkLog(cluster: Cluster, logFile: string): Promise<void> {
  const lines = await logLines(logFile)
  const failed = lines.filter(({ msg }) => msg === 'Failed to reconcile PredictiveScaler')
  assert.deepEqual(failed, [], 'no exception in the loop')
  const minutes = lines
    .filter(({ msg, name }) => msg === 'Decided replicas' && name === HEALTHY)
    .map(({ time }) => Math.floor(Date.parse(time) / 60_000))
  const [first = NaN] = minutes
  cluster.measured(`the healthy scaler beside them decided at each of ${minutes.length} steps`)
  assert.deepEqual(
    minutes,
    minutes.map((_, i) => first + i),
  )
  assert.ok(minutes.length >= 3, 'long enough to tell')
}
