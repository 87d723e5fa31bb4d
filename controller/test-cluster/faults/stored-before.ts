import type { Cluster } from '../cluster.ts'
import { applyManifest } from '../foresail.ts'

const CRD = 'predictivescalers.foresail.dev'
const LONG = 10_000

/** Specs that no version of the rules takes, by name of the object. */
const BAD_SPECS: Readonly<Record<string, object>> = {
  'long-cron': {
    bounds: [{ name: 'long', cron: '1,'.repeat(LONG / 2), durationSeconds: 60, minReplicas: 2 }],
  },
  'long-name': { actuator: { type: 'HorizontalPodAutoscaler', name: 'x'.repeat(LONG) } },
  'zone-on-mars': { prediction: { timeZone: 'Mars/X' } },
  'a-billion': { maxReplicas: 1e9 },
  'a-word': { minReplicas: 'many', demand: 'requests' },
  'no-demand': { demand: undefined, scaleTargetRef: undefined },
}
export const BAD_NAMES = Object.keys(BAD_SPECS)

/** Stores objects as if the rules had been none when they were made, then puts the rules back. */
export async function storeBadScalers(cluster: Cluster, namespace: string): Promise<void> {
  const text = await cluster.kubectl('get', 'crd', CRD, '-o', 'json')
  const strict = JSON.parse(text) as {
    metadata: object
    spec: { versions: { schema: object }[] }
  }
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  const lax = {
    type: 'object',
    properties: { spec: anything, status: anything },
  }
  const head = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
  const withSchema = (schema: object): object => ({
    ...head,
    metadata: { name: CRD },
    spec: {
      ...strict.spec,
      versions: strict.spec.versions.map((version) => ({
        ...version,
        schema: { openAPIV3Schema: schema },
      })),
    },
  })
  await applyManifest(cluster, 'lax-crd', withSchema(lax))
  try {
    for (const [name, bad] of Object.entries(BAD_SPECS)) {
      await store(cluster, namespace, name, bad)
    }
  } finally {
    await applyManifest(cluster, 'strict-crd', {
      ...head,
      metadata: { name: CRD },
      spec: strict.spec,
    })
  }
}

async function store(
  cluster: Cluster,
  namespace: string,
  name: string,
  bad: object,
): Promise<void> {
  const good = {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    ...{ minReplicas: 1, maxReplicas: 9, mode: 'Auto' },
    actuator: { type: 'HorizontalPodAutoscaler', name },
    demand: [{ name: 'load', prometheus: { query: 'load' }, capacity: { averageValue: '1' } }],
  }
  await applyManifest(cluster, `${namespace}-${name}`, {
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { namespace, name },
    spec: { ...good, ...bad },
  })
}
