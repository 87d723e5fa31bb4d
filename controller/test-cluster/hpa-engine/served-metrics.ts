import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

import type { Cluster } from '../cluster.ts'
import { OPEN_API, registerApi, unregisterApi } from '../metrics-api.ts'
import { answerOrFail, close, listen, pathOf } from '../metrics-server.ts'

const CUSTOM = { group: 'custom.metrics.k8s.io', version: 'v1beta2', service: 'test-custom' }
const EXTERNAL = { group: 'external.metrics.k8s.io', version: 'v1beta1', service: 'test-external' }

/** One question of an HPA: which metric of which workload. */
export interface Question {
  name: string
  metric: 'podMetrics' | 'rps' | 'hits' | 'queue'
}

/** The body of the answer; null for a failure. */
export type Answering = (question: Question) => Promise<unknown>

const METRIC = /\/(rps|hits|queue)-([a-z0-9-]+)$/

/** Serves custom and external metrics of one namespace, and its pods' own, until the scenario ends. */
export async function serveMetrics(
  cluster: Cluster,
  namespace: string,
  answering: Answering,
): Promise<void> {
  const { certificate, key } = cluster.controlPlane.serverCertificate
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (request, response) => {
      const path = decodeURIComponent(pathOf(request).pathname)
      const openApi = OPEN_API[path]
      const [, metric, name = ''] = METRIC.exec(path) ?? []
      if (openApi !== undefined) answerOrFail(response, openApi)
      else if (metric === undefined) answerOrFail(response, resourceListOf(path))
      else {
        const question = { name, metric: metric as Question['metric'] }
        void answering(question).then((body) => {
          answerOrFail(response, body)
        })
      }
    },
  )
  const port = await listen(server)
  cluster.defer(() => close(server))
  for (const api of [CUSTOM, EXTERNAL]) {
    cluster.defer(() => unregisterApi(cluster.kubeConfig, api))
    await registerApi(cluster.kubeConfig, api, port)
  }
  cluster.metrics.answerFor(namespace, (selector) => {
    const [, name = ''] = /^app=(.*)$/.exec(selector) ?? []
    return answering({ name, metric: 'podMetrics' })
  })
  cluster.defer(() => {
    cluster.metrics.answerFor(namespace, null)
  })
}

/** What the API server asks to see whether an API is there. */
function resourceListOf(path: string): unknown {
  const [, groupVersion] = /^\/apis\/([^/]+\/[^/]+)$/.exec(path) ?? []
  if (groupVersion === undefined) return null
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: [] }
}
