import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { freePort } from './free-port.ts'
import { answersOk } from './http-get.ts'
import type { RunningProcess } from './process.ts'

const ROOT = join(import.meta.dirname, '../..')
export const LAUNCHER = join(ROOT, 'controller/cli/foresail.js')

/** Scenarios that run beside each other have a file each. */
let installed = 0

export interface ForesailOptions {
  /** Told apart in logs. */
  name: string
  namespace: string
  /** The source called default. */
  prometheusUrl: string
  /** More sources by name. */
  sources?: Readonly<Record<string, string>>
  /** From {@link foresailPort}: Prometheus is told of it before the controller starts. */
  port: number
}

/** Installs what `kubectl apply -f crds/` installs, and returns a kubeconfig of Foresail's own account. */
export async function installForesail(cluster: Cluster): Promise<string> {
  await cluster.kubectl('apply', '-f', join(ROOT, 'crds/predictivescalers.foresail.dev.yaml'))
  await cluster.kubectl('apply', '-f', join(ROOT, 'crds/rbac.yaml'))
  await cluster.kubectl(
    ...['wait', '--for=condition=Established', '--timeout=30s'],
    'crd/predictivescalers.foresail.dev',
  )
  const token = (
    await cluster.kubectl('-n', 'foresail', 'create', 'token', 'foresail', '--duration=24h')
  ).trim()
  const admin = JSON.parse(await readFile(cluster.kubeconfigPath, 'utf8')) as {
    users: unknown
    contexts: unknown
  }
  admin.users = [{ name: 'foresail', user: { token } }]
  admin.contexts = [
    { name: 'test-cluster', context: { cluster: 'test-cluster', user: 'foresail' } },
  ]
  installed++
  const file = join(cluster.artefacts, `foresail-${installed}.kubeconfig`)
  await writeFile(file, JSON.stringify(admin), { mode: 0o600 })
  cluster.defer(() => writeFile(file, ''))
  return file
}

export function foresailPort(): Promise<number> {
  return freePort()
}

/** Starts the controller as a user outside the cluster would. */
export async function startForesail(
  cluster: Cluster,
  kubeconfig: string,
  options: ForesailOptions,
): Promise<RunningProcess> {
  const address = `127.0.0.1:${options.port}`
  const sources = Object.entries({ default: options.prometheusUrl, ...options.sources })
  return await cluster.start({
    name: `foresail-${options.name}`,
    command: process.execPath,
    args: [
      ...[LAUNCHER, 'controller', '--kubeconfig', kubeconfig, '--namespace', options.namespace],
      ...sources.flatMap(([name, url]) => ['--prometheus', `${name}=${url}`]),
      ...['--metrics-address', address],
    ],
    ready: () => answersOk(`http://${address}/readyz`),
  })
}

/** `kubectl apply` of one object; the file stays among the artefacts. */
export async function applyManifest(
  cluster: Cluster,
  name: string,
  manifest: object,
): Promise<void> {
  const file = join(cluster.artefacts, `${name}.json`)
  await writeFile(file, JSON.stringify(manifest, null, 2))
  await cluster.kubectl('apply', '-f', file)
}
