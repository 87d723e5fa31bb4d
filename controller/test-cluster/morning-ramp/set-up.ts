import assert from 'node:assert/strict'
import type { Cluster } from '../cluster.ts'
import { DEMAND_METRIC, seriesLabels } from '../exposition.ts'
import { foresailPort, installForesail, startForesail } from '../foresail.ts'
import type { RunningProcess } from '../process.ts'
import type { PrometheusServer } from '../prometheus.ts'
import { waitForReadyPods } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'
import type { Morning } from './ramp-clock.ts'
import { createScaler, createShop, hpaAsWritten, NIGHT_REPLICAS } from './workloads.ts'

export const ALONE = 'hpa-alone'
export const STEERED = 'foresail'
export const KILLED = 'killed'

/** Everything that the checks of the morning share. */
export interface Stage {
  cluster: Cluster
  morning: Morning
  /** Holds the HPA-alone and the Foresail workload. */
  namespace: string
  /** Holds the workload whose controller is killed in the ramp. */
  killedNamespace: string
  killedController: RunningProcess
  prometheus: PrometheusServer
  /** The HPA as its owner wrote it, before Foresail saw it. */
  ownHpa: string
}

export async function setUp(cluster: Cluster, morning: Morning): Promise<Stage> {
  const kubeconfig = await installForesail(cluster)
  const namespace = await cluster.createNamespace('ramp')
  const killedNamespace = await cluster.createNamespace('killed')
  const shops = [
    { namespace, name: ALONE, demand: morning.demand },
    { namespace, name: STEERED, demand: morning.demand },
    { namespace: killedNamespace, name: KILLED, demand: morning.demandOutgrown },
  ]
  for (const shop of shops) await createShop(cluster, shop.namespace, shop.name, shop.demand)
  const ownHpa = await hpaAsWritten(cluster, namespace, STEERED)

  const [port, killedPort] = [await foresailPort(), await foresailPort()]
  const prometheus = await cluster.startPrometheus({
    history: shops.map((shop) => ({
      name: DEMAND_METRIC,
      labels: seriesLabels(shop.namespace, shop.name),
      value: shop.demand,
    })),
    targets: [port, killedPort].map((one) => ({
      job: `foresail-${one}`,
      address: `127.0.0.1:${one}`,
    })),
  })
  for (const { namespace: where, name } of shops) {
    await waitForReadyPods(cluster, where, name, NIGHT_REPLICAS, 150)
  }

  const prometheusUrl = prometheus.url
  await startForesail(cluster, kubeconfig, {
    ...{ name: 'ramp', namespace, prometheusUrl, port },
  })
  const killedController = await startForesail(cluster, kubeconfig, {
    ...{ name: 'killed', namespace: killedNamespace, prometheusUrl, port: killedPort },
  })
  await createScaler(cluster, namespace, STEERED)
  await createScaler(cluster, killedNamespace, KILLED)
  for (const [where, name] of [
    [namespace, STEERED],
    [killedNamespace, KILLED],
  ] as const) {
    await waitFor(`${where}/${name} is Ready and steers`, 150, async () => {
      const text = await cluster.kubectl(
        ...['-n', where, 'get', 'pscaler', name, '-o'],
        'jsonpath={.status.conditions[?(@.type=="Ready")].reason} {.status.lastDecision.replicas}',
      )
      return /^Acting \d+/.test(text) ? text : notYet(text)
    })
  }
  cluster.measured((await cluster.kubectl('-n', namespace, 'get', 'pscaler')).trimEnd())
  const secondsLeft = (morning.rampAtMs - Date.now()) / 1000
  assert.ok(secondsLeft > 30, `set-up took too long: the ramp is ${secondsLeft} s away`)
  return {
    ...{ cluster, morning, namespace, killedNamespace, killedController },
    ...{ prometheus, ownHpa },
  }
}
