import assert from 'node:assert/strict'
import type { Cluster } from '../cluster.ts'
import { applyManifest, foresailPort, installForesail, startForesail } from '../foresail.ts'
import { ensureKedaCrd, KEDA_VERSION } from '../keda-crd.ts'
import { hpaAsWritten } from '../morning-ramp/workloads.ts'
import type { Scenario } from '../scenario.ts'
import { createGadget, GADGET, installGadgets } from '../targets/gadgets.ts'
import { statefulSet } from '../targets/statefulset.ts'
import {
  CALM_DEMAND,
  CAPACITY,
  calmDemand,
  calmHistory,
  createSteered,
  WINDOW_MIN,
} from '../targets/steered.ts'
import { createWorkload } from '../test-workload.ts'
import { notYet, waitFor } from '../wait.ts'
import { horizontalPodAutoscaler, podLabels } from '../workload.ts'

const NAMES = ['stateful', 'gadget', 'direct', 'queue', 'made', 'paused']
const START_UP_SECONDS = [2, 4] as const
/** Two slots and a history: what it takes from a new scaler to its first floor. */
const STEERS_WITHIN_SECONDS = 200

/**
 * Everything that can be scaled, and everything that is written for it: an adopted HPA over a StatefulSet and
 * over a custom resource, /scale itself, a ScaledObject of KEDA, an HPA that Foresail makes. Then all of it
 * is given back.
 */
export const scenario: Scenario = {
  name: 'every target and every actuator, and all of it given back to the letter',
  timeoutSeconds: 900,
  beside: true,
  run: async (cluster) => {
    const kubeconfig = await installForesail(cluster)
    await installGadgets(cluster)
    await cluster.kubectl('apply', '--server-side', '-f', await ensureKedaCrd())
    await cluster.kubectl(
      ...['wait', '--for=condition=Established', '--timeout=30s', 'crd/scaledobjects.keda.sh'],
    )
    const namespace = await cluster.createNamespace('targets')
    await createTargets(cluster, namespace)
    const prometheus = await cluster.startPrometheus({ history: calmHistory(namespace, NAMES) })
    const written = await allAsWritten(cluster, namespace)
    const start = async (name: string) =>
      startForesail(cluster, kubeconfig, {
        ...{ name, namespace, prometheusUrl: prometheus.url, port: await foresailPort() },
      })
    const controller = await start('targets')
    await createScalers(cluster, namespace)

    await checkFloors(cluster, namespace)
    await checkPause(cluster, namespace, written)
    // Deleted while nobody is there to give back: the finalizer holds them until somebody is.
    await controller.stop()
    await cluster.kubectl('-n', namespace, 'delete', 'pscaler', '--all', '--wait=false')
    const held = await cluster.kubectl('-n', namespace, 'get', 'pscaler', '-o', 'name')
    assert.ok(
      held.includes('stateful'),
      'a scaler that has written is held while nobody gives back',
    )
    await start('targets-again')
    await checkGivenBack(cluster, namespace, written)
  },
}

async function createTargets(cluster: Cluster, namespace: string): Promise<void> {
  const hpa = { minReplicas: 2, maxReplicas: 30, averageUtilization: 70 }
  const common = { namespace, replicas: 3, startUpSeconds: START_UP_SECONDS }
  for (const name of ['queue', 'made', 'paused']) {
    await createWorkload(cluster, {
      ...{ ...common, name, capacity: CAPACITY, demand: calmDemand },
      ...(name === 'paused' && { hpa }),
    })
  }
  for (const name of ['stateful', 'gadget', 'direct']) {
    cluster.metrics.setLoad({
      ...{ namespace, workload: name, selector: podLabels(name), cpuMillis: 100 },
      ...{ capacity: CAPACITY, demand: calmDemand },
    })
    cluster.defer(() => {
      cluster.metrics.removeLoad(namespace, name)
    })
  }
  const stateful = statefulSet({ ...common, name: 'stateful' })
  await cluster.apps.createNamespacedStatefulSet({ namespace, body: stateful })
  await createGadget(cluster, namespace, 'gadget', 3)
  await createGadget(cluster, namespace, 'direct', 3)
  for (const [name, target] of [
    ['stateful', { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'stateful' }],
    ['gadget', { ...GADGET, name: 'gadget' }],
  ] as const) {
    const body = horizontalPodAutoscaler({ ...hpa, namespace, name, target })
    await cluster.autoscaling.createNamespacedHorizontalPodAutoscaler({ namespace, body })
  }
  await applyManifest(cluster, 'scaled-object', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { namespace, name: 'queue' },
    spec: {
      scaleTargetRef: { name: 'queue' },
      maxReplicaCount: 50,
      triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } }],
    },
  })
}

async function createScalers(cluster: Cluster, namespace: string): Promise<void> {
  const adopted = (name: string) => ({ type: 'HorizontalPodAutoscaler', name })
  const deployed = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name })
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: utilization(70) } }
  for (const [name, scaleTargetRef, actuator, more] of [
    ['stateful', { ...deployed('stateful'), kind: 'StatefulSet' }, adopted('stateful'), {}],
    ['gadget', { ...GADGET, name: 'gadget' }, adopted('gadget'), {}],
    ['direct', { ...GADGET, name: 'direct' }, { type: 'Scale' }, {}],
    ['queue', deployed('queue'), { type: 'ScaledObject', name: 'queue' }, {}],
    ['made', deployed('made'), undefined, { reactive: { metrics: [cpu] } }],
    ['paused', deployed('paused'), adopted('paused'), {}],
  ] as const) {
    await createSteered(cluster, {
      ...{ namespace, name, scaleTargetRef, more },
      actuator: actuator ?? { type: 'HorizontalPodAutoscaler' },
    })
  }
}

function utilization(averageUtilization: number): object {
  return { type: 'Utilization', averageUtilization }
}

/** What is written and what comes of it, by the name of the scaler. */
const FLOORS = {
  stateful: ['hpa/stateful', '{.spec.minReplicas}', 'statefulset/stateful'],
  gadget: ['hpa/gadget', '{.spec.minReplicas}', 'gadget/gadget'],
  direct: ['gadget/direct', '{.spec.replicas}', 'gadget/direct'],
  queue: ['scaledobject/queue', '{.spec.minReplicaCount}', null],
  made: ['hpa/made', '{.spec.minReplicas}', 'deployment/made'],
  paused: ['hpa/paused', '{.spec.minReplicas}', 'deployment/paused'],
} as const

async function checkFloors(cluster: Cluster, namespace: string): Promise<void> {
  const get = (what: string, path: string): Promise<string> =>
    cluster.kubectl('-n', namespace, 'get', what, '-o', `jsonpath=${path}`)
  for (const [name, [floor, path, target]] of Object.entries(FLOORS)) {
    await waitFor(`the floor of ${name} at ${WINDOW_MIN}`, STEERS_WITHIN_SECONDS, async () => {
      const value = await get(floor, path)
      return value === String(WINDOW_MIN) ? value : notYet(`${floor} has ${value}`)
    })
    if (target === null) continue
    await waitFor(`${target} runs ${WINDOW_MIN}`, 60, async () => {
      const value = await get(target, '{.spec.replicas}')
      return Number(value) >= WINDOW_MIN ? value : notYet(`${target} has ${value}`)
    })
  }
  const owner = await get('hpa/made', '{.metadata.ownerReferences[0].kind}')
  assert.equal(owner, 'PredictiveScaler')
  cluster.measured(
    `${Object.keys(FLOORS).length} scalers over a StatefulSet, a custom resource (HPA and /scale), KEDA ${KEDA_VERSION}'s ScaledObject, a made and an adopted HPA: floor ${WINDOW_MIN} for a demand of ${CALM_DEMAND / CAPACITY} replicas`,
  )
  cluster.measured((await cluster.kubectl('-n', namespace, 'get', 'pscaler')).trimEnd())
}

async function checkPause(
  cluster: Cluster,
  namespace: string,
  written: ReadonlyMap<string, string>,
): Promise<void> {
  const annotate = (text: string): Promise<string> =>
    cluster.kubectl('-n', namespace, 'annotate', '--overwrite', 'pscaler', 'paused', text)
  await annotate('foresail.dev/paused=true')
  await waitFor('the paused HPA to the letter', 30, async () => {
    const now = await hpaAsWritten(cluster, namespace, 'paused')
    return now === written.get('hpa/paused') ? now : notYet(now)
  })
  await annotate('foresail.dev/paused-replicas=5')
  await waitFor('the floor held at 5', 30, async () => {
    const floor = await cluster.kubectl(
      ...['-n', namespace, 'get', 'hpa', 'paused', '-o', 'jsonpath={.spec.minReplicas}'],
    )
    return floor === '5' ? floor : notYet(floor)
  })
  await annotate('foresail.dev/paused=false')
  await waitFor('the floor taken up again', 90, async () => {
    const floor = await cluster.kubectl(
      ...['-n', namespace, 'get', 'hpa', 'paused', '-o', 'jsonpath={.spec.minReplicas}'],
    )
    return floor === String(WINDOW_MIN) ? floor : notYet(floor)
  })
  cluster.measured(
    'paused: the HPA to the letter; paused at 5 replicas: floor 5; resumed: as before',
  )
}

async function allAsWritten(
  cluster: Cluster,
  namespace: string,
): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>()
  for (const name of ['stateful', 'gadget', 'paused']) {
    written.set(`hpa/${name}`, await hpaAsWritten(cluster, namespace, name))
  }
  return written.set('scaledobject', await scaledObjectAsWritten(cluster, namespace))
}

async function scaledObjectAsWritten(cluster: Cluster, namespace: string): Promise<string> {
  const text = await cluster.kubectl('-n', namespace, 'get', 'scaledobject', 'queue', '-o', 'json')
  const { metadata, spec } = JSON.parse(text) as { metadata: Record<string, unknown>; spec: object }
  const { annotations, labels, finalizers } = metadata
  return JSON.stringify({ annotations, labels, finalizers, spec }, null, 2)
}

async function checkGivenBack(
  cluster: Cluster,
  namespace: string,
  written: ReadonlyMap<string, string>,
): Promise<void> {
  await waitFor('every scaler gone', 60, async () => {
    const left = await cluster.kubectl('-n', namespace, 'get', 'pscaler', '-o', 'name')
    return left.trim() === '' ? true : notYet(left)
  })
  const now = await allAsWritten(cluster, namespace)
  for (const [what, text] of written) assert.equal(now.get(what), text, `${what} to the letter`)
  await waitFor('the made HPA gone with its scaler', 30, async () => {
    const hpas = await cluster.kubectl('-n', namespace, 'get', 'hpa', '-o', 'name')
    return hpas.includes('/made') ? notYet(hpas) : true
  })
  cluster.measured(
    `scalers deleted while no controller ran: ${written.size} objects to the letter, the made HPA gone`,
  )
}
