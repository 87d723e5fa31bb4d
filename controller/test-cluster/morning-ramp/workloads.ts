import type { Cluster } from '../cluster.ts'
import { DEMAND_METRIC, seriesLabels, seriesText } from '../exposition.ts'
import { applyManifest } from '../foresail.ts'
import { createWorkload } from '../test-workload.ts'
import { NIGHT } from './demand.ts'

/** Demand that one pod carries; at it the pod uses exactly its CPU request. Small: many pods, many start-ups. */
export const CAPACITY = 40
export const START_UP_SECONDS = [45, 75] as const
export const OWN_MIN = 4
export const OWN_TARGET = 70
export const GUARD_TARGET = 85
const MAX = 150
/** What the HPA wants at night, a little above its target so that noise moves nothing. */
export const NIGHT_REPLICAS = Math.ceil((1.03 * NIGHT) / CAPACITY / (OWN_TARGET / 100))

/** A Deployment under the load, with an HPA as its owner would set it: 70 %, all defaults. */
export async function createShop(
  cluster: Cluster,
  namespace: string,
  name: string,
  demand: (at: number) => number,
): Promise<void> {
  await createWorkload(cluster, {
    ...{ namespace, name, demand, capacity: CAPACITY },
    replicas: NIGHT_REPLICAS,
    startUpSeconds: START_UP_SECONDS,
    hpa: { minReplicas: OWN_MIN, maxReplicas: MAX, averageUtilization: OWN_TARGET },
  })
}

/** The query that a user would write: the most that was asked of the workload in each minute. */
export function demandQuery(namespace: string, name: string): string {
  return `sum(max_over_time(${seriesText(DEMAND_METRIC, seriesLabels(namespace, name))}[1m]))`
}

export async function createScaler(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<void> {
  await applyManifest(cluster, `${namespace}-${name}`, {
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { namespace, name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: OWN_MIN,
      maxReplicas: MAX,
      mode: 'Auto',
      actuator: { type: 'HorizontalPodAutoscaler', name },
      demand: [
        {
          name: 'requests',
          prometheus: { query: demandQuery(namespace, name) },
          capacity: { averageValue: String(CAPACITY) },
        },
      ],
      prediction: { risk: { violationBudget: '0.5%' } },
      reactive: { guard: { metric: 'cpu', averageUtilization: GUARD_TARGET } },
      fallback: { afterSeconds: 120 },
    },
  })
}

/** The HPA as its owner sees it, without what the API server keeps for itself. */
export async function hpaAsWritten(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<string> {
  const text = await cluster.kubectl('-n', namespace, 'get', 'hpa', name, '-o', 'json')
  const { metadata, spec } = JSON.parse(text) as {
    metadata: { annotations?: object; labels?: object; finalizers?: string[] }
    spec: object
  }
  const { annotations, labels, finalizers } = metadata
  return JSON.stringify({ annotations, labels, finalizers, spec }, null, 2)
}
