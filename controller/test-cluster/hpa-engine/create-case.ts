import type { V1Deployment, V2HorizontalPodAutoscaler } from '@kubernetes/client-node'

import type { Cluster } from '../cluster.ts'
import { START_UP_FROM, START_UP_TO } from '../kwok-stages.ts'
import { type EngineCase, hpaNames } from './engine-case.ts'

/** The Deployment and the HPA of a case, and a second HPA where it has one. */
export async function createCase(
  cluster: Cluster,
  namespace: string,
  one: EngineCase,
): Promise<void> {
  await cluster.apps.createNamespacedDeployment({ namespace, body: deploymentOf(one) })
  for (const name of hpaNames(one)) {
    const body = hpaOf(one, name)
    await cluster.autoscaling.createNamespacedHorizontalPodAutoscaler({ namespace, body })
  }
}

/** What somebody does to the case at the start of a step. */
export async function act(
  cluster: Cluster,
  namespace: string,
  { name, acts = {} }: EngineCase,
  step: number,
): Promise<void> {
  const what = acts[step]
  if (what === undefined) return
  const within = ['-n', namespace]
  switch (what.kind) {
    case 'scale':
      await cluster.kubectl(...within, 'scale', `deployment/${name}`, `--replicas=${what.replicas}`)
      return
    case 'patchHpa': {
      const patch = JSON.stringify({ spec: what.spec })
      await cluster.kubectl(...within, 'patch', 'hpa', name, '--type=merge', '-p', patch)
      return
    }
    case 'fail':
      await patchFirstPod(cluster, namespace, name, { phase: 'Failed' })
      return
    case 'unready': {
      const lastTransitionTime = new Date().toISOString()
      const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime }]
      await patchFirstPod(cluster, namespace, name, { conditions })
    }
  }
}

async function patchFirstPod(
  cluster: Cluster,
  namespace: string,
  name: string,
  status: object,
): Promise<void> {
  const labelSelector = `app=${name}`
  const { items } = await cluster.core.listNamespacedPod({ namespace, labelSelector })
  const [first] = items.map(({ metadata }) => metadata?.name ?? '').sort()
  const patch = JSON.stringify({ status })
  await cluster.kubectl(
    ...['-n', namespace, 'patch', 'pod', first ?? '', '--subresource=status'],
    ...['--type=strategic', '-p', patch],
  )
}

function deploymentOf(one: EngineCase): V1Deployment {
  const { name, replicas, cpuRequestMillis = 100, startUpSeconds: [from, to] = [1, 2] } = one
  const labels = { app: name }
  const cpu = cpuRequestMillis === null ? {} : { cpu: `${cpuRequestMillis}m` }
  return {
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: { [START_UP_FROM]: `${from}s`, [START_UP_TO]: `${to}s` },
        },
        spec: {
          containers: [
            {
              ...{ name: 'app', image: 'example.invalid/app:1' },
              resources: { requests: { ...cpu, memory: '64Mi' } },
            },
            {
              ...{ name: 'side', image: 'example.invalid/side:1' },
              resources: { requests: { cpu: '0', memory: '0' } },
            },
          ],
        },
      },
    },
  }
}

/** The twin has no metric of its own: the API server fills in cpu, so who asks for what is known. */
function hpaOf(one: EngineCase, name: string): V2HorizontalPodAutoscaler {
  const { target = one.name, minReplicas = 1, maxReplicas = 20, metrics, behavior } = one
  return {
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
      ...{ minReplicas, maxReplicas },
      ...(metrics && name === one.name && { metrics }),
      ...(behavior && { behavior }),
    },
  }
}
