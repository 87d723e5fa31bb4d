import assert from 'node:assert/strict'
import type { Cluster } from '../cluster.ts'
import { DEMAND_METRIC, seriesLabels } from '../exposition.ts'
import { foresailPort, installForesail, startForesail } from '../foresail.ts'
import { demandOfMorning } from '../morning-ramp/ramp-clock.ts'
import {
  createScaler,
  createShop,
  GUARD_TARGET,
  NIGHT_REPLICAS,
  OWN_TARGET,
} from '../morning-ramp/workloads.ts'
import type { Scenario } from '../scenario.ts'
import { waitForReadyPods } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'

const NAME = 'kept'

/**
 * Everything is lost at night: Prometheus is down, and the controller starts anew without a history. What it
 * kept in the ConfigMap raises the floor for the morning all the same.
 */
export const scenario: Scenario = {
  name: 'the stored plan: restarted without Prometheus, the morning is still pre-scaled',
  timeoutSeconds: 1500,
  beside: true,
  run: async (cluster) => {
    const kubeconfig = await installForesail(cluster)
    const namespace = await cluster.createNamespace('kept')
    const { rampAtMs, demand } = demandOfMorning(Date.now())
    await createShop(cluster, namespace, NAME, demand)
    const port = await foresailPort()
    const history = [{ name: DEMAND_METRIC, labels: seriesLabels(namespace, NAME), value: demand }]
    const prometheus = await cluster.startPrometheus({
      history,
      targets: [{ job: 'foresail', address: `127.0.0.1:${port}` }],
    })
    await waitForReadyPods(cluster, namespace, NAME, NIGHT_REPLICAS, 150)
    const options = { namespace, prometheusUrl: prometheus.url, port }
    const first = await startForesail(cluster, kubeconfig, { name: 'kept-before', ...options })
    await createScaler(cluster, namespace, NAME)

    const plan = await waitFor('the plan in the ConfigMap, and the guard raised', 240, async () => {
      const text = await dataOf(cluster, namespace, 'plan.json')
      const { target } = await hpaNow(cluster, namespace)
      return text !== '' && target === GUARD_TARGET ? text : notYet(`${text.length} B, ${target} %`)
    })
    const checkpoint = await dataOf(cluster, namespace, 'checkpoint.json')
    cluster.measured(`kept: plan ${plan.length} B, checkpoint ${checkpoint.length} B`)
    await first.kill()
    await prometheus.stop()
    const left = await hpaNow(cluster, namespace)
    assert.ok(Date.now() < rampAtMs, 'the ramp is still to come')
    cluster.measured(
      `all is lost ${seconds(rampAtMs - Date.now())} before the ramp: floor ${left.floor}`,
    )

    await startForesail(cluster, kubeconfig, { name: 'kept-after', ...options })
    await waitFor('the guard is given back', 60, async () => {
      const { target } = await hpaNow(cluster, namespace)
      return target === OWN_TARGET ? true : notYet(`${target} %`)
    })
    await waitFor('FallbackActive says that the stored plan is acted on', 300, async () => {
      const reason = await cluster.kubectl(
        ...['-n', namespace, 'get', 'pscaler', NAME, '-o'],
        'jsonpath={.status.conditions[?(@.type=="FallbackActive")].reason}',
      )
      return reason === 'ActingOnStoredPlan' ? true : notYet(reason)
    })
    let lowest = left.floor
    const raised = await waitFor('the floor of the morning, from the plan alone', 600, async () => {
      const { floor } = await hpaNow(cluster, namespace)
      lowest = Math.min(lowest, floor)
      return floor >= 2 * left.floor ? floor : notYet(floor)
    })
    cluster.measured(
      `floor ${left.floor} -> ${raised} by the stored plan, ${seconds(rampAtMs - Date.now())} before the ramp`,
    )
    assert.equal(lowest, left.floor, 'nothing falls')

    await cluster.kubectl('-n', namespace, 'delete', 'pscaler', NAME, '--timeout=60s')
    await waitFor('the ConfigMap goes with its scaler', 60, async () => {
      const names = await cluster.kubectl('-n', namespace, 'get', 'configmaps', '-o', 'name')
      return names.includes(`${NAME}-foresail`) ? notYet(names) : true
    })
  },
}

async function hpaNow(
  cluster: Cluster,
  namespace: string,
): Promise<{ floor: number; target: number }> {
  const path = '{.spec.minReplicas} {.spec.metrics[0].resource.target.averageUtilization}'
  const text = await cluster.kubectl('-n', namespace, 'get', 'hpa', NAME, '-o', `jsonpath=${path}`)
  const [floor = NaN, target = NaN] = text.split(' ').map(Number)
  return { floor, target }
}

async function dataOf(cluster: Cluster, namespace: string, file: string): Promise<string> {
  const path = `jsonpath={.data.${file.replace('.', '\\.')}}`
  const object = ['-n', namespace, 'get', 'configmap', `${NAME}-foresail`, '--ignore-not-found']
  return await cluster.kubectl(...object, '-o', path)
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}
