import { strict as assert } from 'node:assert'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  blamedPath,
  changed,
  REFUSED,
  smallestScaler,
  smallestSpecParsed,
  smallestSpecStored,
  TAKEN,
  UNKNOWN_FIELDS,
} from '../../api/admission-cases.ts'
import { parseScaler } from '../../api/parse.ts'
import type { Cluster } from '../cluster.ts'
import type { Scenario } from '../scenario.ts'

const CRDS = join(import.meta.dirname, '../../../crds')

/** The CRD on a real API server says of every case what `parseScaler` says of it. */
export const scenario: Scenario = {
  name: 'PredictiveScaler: defaults, refusals, columns and permissions',
  run: async (cluster) => {
    await cluster.kubectl('apply', '--server-side', '-f', CRDS)
    await cluster.kubectl(
      ...['wait', '--for=condition=Established', '--timeout=30s'],
      'crd/predictivescalers.foresail.dev',
    )
    const namespace = await cluster.createNamespace('api')
    const apply = async (object: Record<string, unknown>, ...flags: string[]): Promise<string> => {
      const file = join(cluster.artefacts, 'scaler.json')
      // A case is an object of its own: one that changes the stored actuator is refused for that alone.
      const name = flags.length > 0 ? { name: 'case' } : {}
      const metadata = { ...(object['metadata'] as object), ...name, namespace }
      await writeFile(file, JSON.stringify({ ...object, metadata }))
      return cluster.kubectl('apply', '-f', file, ...flags)
    }
    await defaults(cluster, apply, namespace)
    for (const change of TAKEN) await apply(changed(change), '--dry-run=server')
    await refusals(cluster, apply)
    await columns(cluster, namespace)
    await permissions(cluster, namespace)
    await shippedExample(cluster)
    await inCluster(cluster)
  },
}

/** The example as its own comment says to apply it; and the HPA it adopts cannot be swapped for another. */
async function shippedExample(cluster: Cluster): Promise<void> {
  const example = join(CRDS, '../examples/shop-web.yaml')
  await cluster.kubectl('create', 'namespace', 'shop')
  cluster.defer(() => cluster.kubectl('delete', 'namespace', 'shop', '--wait=false'))
  await cluster.kubectl('apply', '-f', example)
  const row = await cluster.kubectl('get', 'pscaler', 'shop-web', '-n', 'shop', '--no-headers')
  assert.match(row, /^shop-web\s+Observe\s+2\s+60\s+\d+s\s*$/)
  const renamed = '{"spec":{"actuator":{"name":"another"}}}'
  const said = await refusal(
    cluster.kubectl('patch', 'pscaler', 'shop-web', '-n', 'shop', '--type=merge', '-p', renamed),
  )
  assert.ok(said.includes('cannot be changed'), said)
  cluster.measured('examples/shop-web.yaml taken as it stands; its HPA cannot be swapped')
}

/** The manifests for running inside a cluster, by the rules of the namespace they bring: restricted. */
async function inCluster(cluster: Cluster): Promise<void> {
  const said = await cluster.kubectl(
    ...['apply', '--server-side', '--dry-run=server', '-f', join(CRDS, 'in-cluster')],
  )
  assert.match(said, /deployment.apps\/foresail serverside-applied/)
  cluster.measured('crds/in-cluster taken by the API server')
}

type Apply = (object: Record<string, unknown>, ...flags: string[]) => Promise<string>

async function defaults(cluster: Cluster, apply: Apply, namespace: string): Promise<void> {
  await apply(smallestScaler())
  const text = await cluster.kubectl('get', 'pscaler', 'shop-web', '-n', namespace, '-o', 'json')
  const stored = JSON.parse(text) as { spec: unknown }
  assert.deepEqual(stored.spec, smallestSpecStored)
  const parsed = parseScaler(stored)
  assert.deepEqual(parsed.ok && parsed.scaler.spec, smallestSpecParsed)
}

async function refusals(cluster: Cluster, apply: Apply): Promise<void> {
  for (const refused of REFUSED) {
    const said = await refusal(apply(changed(refused), '--dry-run=server'))
    const path = blamedPath(refused)
    assert.ok(said.includes(path), `${JSON.stringify(refused)}: ${path} is not in\n${said}`)
  }
  for (const unknown of UNKNOWN_FIELDS) {
    const said = await refusal(apply(changed(unknown), '--dry-run=server'))
    assert.match(said, /unknown field "spec\./)
  }
  cluster.measured(
    `${TAKEN.length} objects taken, ${REFUSED.length + UNKNOWN_FIELDS.length} refused by name of field`,
  )
}

async function refusal(applied: Promise<string>): Promise<string> {
  try {
    await applied
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'it was taken'
}

async function columns(cluster: Cluster, namespace: string): Promise<void> {
  const now = new Date().toISOString()
  const condition = (type: string, status: string) => {
    return { type, status, reason: 'Acting', message: '', lastTransitionTime: now }
  }
  const status = {
    conditions: [condition('Ready', 'True'), condition('FallbackActive', 'False')],
    readyReplicas: 12,
    next: { replicas: 31, at: '2026-12-01T08:55:00Z' },
    leadTime: { seconds: 74, samples: 40, source: 'Learned' },
    columns: { target: 'Deployment/shop-web', at: '08:55', lead: '74s' },
  }
  await cluster.kubectl(
    ...['patch', 'pscaler', 'shop-web', '-n', namespace, '--subresource=status', '--type=merge'],
    ...['-p', JSON.stringify({ status })],
  )
  const table = await cluster.kubectl('get', 'pscaler', '-n', namespace)
  const [head = '', row = ''] = table.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim())
  assert.equal(head, 'NAME TARGET MODE MIN NOW NEXT AT MAX LEAD READY FALLBACK AGE')
  assert.match(row, /^shop-web Deployment\/shop-web Observe 1 12 31 08:55 60 74s True False \d+s$/)
}

async function permissions(cluster: Cluster, namespace: string): Promise<void> {
  const who = '--as=system:serviceaccount:foresail:foresail'
  const can = async (...what: string[]): Promise<string> => {
    // "no" is also a failure of the command.
    const asked = cluster.kubectl('auth', 'can-i', ...what, who, '-n', namespace)
    return (await asked.catch(() => 'no')).trim()
  }
  for (const [verb, resource] of [
    ...[
      ['patch', 'horizontalpodautoscalers.autoscaling'],
      ['watch', 'pods'],
    ],
    ...[
      ['patch', 'predictivescalers.foresail.dev'],
      ['get', 'statefulsets.apps'],
    ],
    ...[
      ['patch', 'predictivescalers.foresail.dev/status'],
      ['create', 'events.events.k8s.io'],
    ],
    ...[
      ['get', 'configmaps'],
      ['patch', 'configmaps'],
    ],
  ] as const) {
    assert.equal(await can(verb, resource), 'yes', `${verb} ${resource}`)
  }
  for (const [verb, resource] of [
    ...[
      ['get', 'secrets'],
      ['list', 'configmaps'],
      ['patch', 'pods'],
      ['delete', 'pods'],
    ],
    ...[
      ['patch', 'deployments.apps'],
      ['update', 'deployments.apps/scale'],
    ],
    ...[
      ['delete', 'predictivescalers.foresail.dev'],
      ['delete', 'horizontalpodautoscalers'],
    ],
  ] as const) {
    assert.equal(await can(verb, resource), 'no', `${verb} ${resource}`)
  }
}
