import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { requireOpenssl } from './certificates.ts'
import { ensureEtcd, ensureKubernetes } from './go-binaries.ts'
import { ensurePrometheus } from './prometheus-binaries.ts'
import { say, seconds } from './say.ts'

export interface Binaries {
  kubeApiserver: string
  kubeControllerManager: string
  kubeScheduler: string
  kubectl: string
  kwok: string
  kwokNodeStages: readonly string[]
  etcd: string
  prometheus: string
  promtool: string
}

/** Makes sure that everything the cluster tests start is there, building what is not. */
export async function ensureBinaries(): Promise<Binaries> {
  const start = performance.now()
  // The quick ones first: what is missing on this machine is said before ten minutes of building.
  await requireOpenssl()
  const prometheus = await ensurePrometheus()
  const etcd = await ensureEtcd()
  const kubernetes = await ensureKubernetes()
  const binaries: Binaries = {
    kubeApiserver: join(kubernetes, 'kube-apiserver'),
    kubeControllerManager: join(kubernetes, 'kube-controller-manager'),
    kubeScheduler: join(kubernetes, 'kube-scheduler'),
    kubectl: join(kubernetes, 'kubectl'),
    kwok: join(kubernetes, 'kwok'),
    kwokNodeStages: ['node-initialize.yaml', 'node-heartbeat.yaml'].map((name) =>
      join(kubernetes, name),
    ),
    etcd: join(etcd, 'etcd'),
    prometheus: join(prometheus, 'prometheus'),
    promtool: join(prometheus, 'promtool'),
  }
  for (const file of Object.values(binaries).flat() as string[]) {
    if (!existsSync(file))
      throw new Error(`${file} is missing: remove its folder and run this again.`)
  }
  say(`binaries ready in ${seconds(start)}`)
  return binaries
}
