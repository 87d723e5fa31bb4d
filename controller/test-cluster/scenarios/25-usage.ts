import assert from 'node:assert/strict'
import { createPrometheusSource } from '../../prometheus/prometheus-source.ts'
import { podQueries } from '../../signals/pod-queries.ts'
import { readResource } from '../../signals/read-resource.ts'
import type { Cluster } from '../cluster.ts'
import type { HistorySeries } from '../history.ts'
import type { Scenario } from '../scenario.ts'

const NAMESPACE = 'usage'
const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }
const MINUTE = 60_000

/** Queries over cAdvisor and kube-state-metrics, asked of a real Prometheus that holds what those export. */
export const scenario: Scenario = {
  name: 'usage: CPU of the Ready pods in all, through a rollout, a restart and a second kubelet',
  run: async (cluster) => {
    const prometheus = await cluster.startPrometheus({ history: exported(), historyDays: 1 })
    const source = createPrometheusSource({ url: prometheus.url })
    const lastStep = Math.floor(Date.now() / MINUTE) - 10
    const span = { firstStep: lastStep - 29, lastStep, stepSeconds: 60 }
    const input = {
      ...{ name: 'cpu', resource: { name: 'cpu', source: 'default' } as const },
      ...{ namespace: NAMESPACE, target: TARGET, statedCapacity: undefined },
    }
    const sources = new Map([['default', source]])
    const { signal } = new AbortController()
    const read = await readResource(sources, { ...input, utilizationPercent: 90 }, span, signal)
    // Two old pods of 0.5 cores each and one new one of 0.25 are Ready; a fourth is not, a fifth is another's.
    const wrong = [...read.values].filter((value) => !(Math.abs(value - 1.25) < 0.01))
    assert.deepEqual(
      wrong,
      [],
      `1.25 cores in each slot; the query is ${podQueries('cpu', NAMESPACE, TARGET).usage}`,
    )
    assert.ok(
      Math.abs(read.capacityPerReplica - 0.9 * 0.7) < 1e-9,
      'a share of what both containers request',
    )
    assert.deepEqual(read.problems, [])
    cluster.measured(
      `CPU of 3 Ready of 5 pods: ${read.values.at(-1)?.toFixed(3)} cores in each of ${read.values.length} slots, ${read.capacityPerReplica.toFixed(2)} cores a replica`,
    )
    await checkSaturated(cluster, sources, input, span)
  },
}

async function checkSaturated(
  cluster: Cluster,
  sources: Parameters<typeof readResource>[0],
  input: Omit<Parameters<typeof readResource>[1], 'utilizationPercent'>,
  span: Parameters<typeof readResource>[2],
): Promise<void> {
  const target = { ...TARGET, name: 'full' }
  const { signal } = new AbortController()
  const read = await readResource(
    ...([sources, { ...input, target, utilizationPercent: 90 }, span, signal] as const),
  )
  assert.ok(
    read.lowerBound.every((one) => one === 1),
    'a pod at its limit hides what is asked of it',
  )
  cluster.measured(`a pod at its limit: ${read.problems[0]?.message ?? 'nothing said'}`)
}

/** As the two exporters would have it; counters grow by so many cores a second. */
function exported(): HistorySeries[] {
  const begin = Date.now() - 86_400_000
  const cpu = (
    pod: string,
    container: string,
    cores: number,
    more: Record<string, string> = {},
  ) => ({
    name: 'container_cpu_usage_seconds_total',
    labels: { namespace: NAMESPACE, pod, container, id: `/${pod}/${container}`, ...more },
    value: (at: number) => (cores * (at - begin)) / 1000,
  })
  const ready = (pod: string, isReady: boolean) =>
    ['true', 'false'].map((condition) => ({
      name: 'kube_pod_status_ready',
      labels: { namespace: NAMESPACE, pod, condition },
      value: () => ((condition === 'true') === isReady ? 1 : 0),
    }))
  const spec = (what: string, pod: string, container: string, cores: number) => ({
    name: `kube_pod_container_resource_${what}`,
    labels: { namespace: NAMESPACE, pod, container, resource: 'cpu', unit: 'core' },
    value: () => cores,
  })
  const old = ['web-6d4b75cb6d-hx8zq', 'web-6d4b75cb6d-k2m4p']
  const fresh = 'web-7f9c8d5b44-zz9t2'
  const [starting, other] = ['web-7f9c8d5b44-qq8r7', 'web-api-5c6f7d8b99-abcde']
  const full = 'full-5c6f7d8b99-abcde'
  const all = [...old, fresh, starting]
  return [
    ...old.flatMap((pod) => [cpu(pod, 'app', 0.4), cpu(pod, 'proxy', 0.1)]),
    // The same container told by a second kubelet, the sum over the pod, and the pause container.
    cpu(old[0] ?? '', 'app', 0.4, { instance: 'second' }),
    cpu(old[0] ?? '', '', 0.5),
    cpu(old[0] ?? '', 'POD', 0.01),
    // Restarted: a new container beside the end of the old one.
    { ...cpu(fresh, 'app', 0.2), value: restarted(begin, 0.2) },
    cpu(fresh, 'proxy', 0.05),
    ...[cpu(starting, 'app', 2), cpu(other, 'app', 7), cpu(full, 'app', 0.99)],
    ...[...old, fresh, other, full].flatMap((pod) => ready(pod, true)),
    ...ready(starting, false),
    ...all.flatMap((pod) => [
      spec('requests', pod, 'app', 0.5),
      spec('requests', pod, 'proxy', 0.2),
    ]),
    ...[spec('requests', full, 'app', 0.5), spec('limits', full, 'app', 1)],
  ]
}

/** A counter that began anew an hour ago, well before what is looked at. */
function restarted(begin: number, cores: number): (at: number) => number {
  const at0 = Date.now() - 60 * MINUTE
  return (at) => (cores * (at < at0 ? at - begin : at - at0)) / 1000
}
