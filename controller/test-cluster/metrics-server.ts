import { readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

import type { KubeConfig } from '@kubernetes/client-node'

import type { KeyPair } from './certificates.ts'
import { exposition } from './exposition.ts'
import { freePort } from './free-port.ts'
import type { Load } from './load.ts'
import { matches, usagePerPod } from './load.ts'
import type { PodUsage } from './metrics-api.ts'
import {
  METRICS_PATH,
  METRICS_RESOURCES,
  OPEN_API,
  parseSelector,
  podMetricsList,
  RESOURCE_METRICS,
  registerApi,
} from './metrics-api.ts'
import { PodWatch } from './pod-watch.ts'

export interface Failing {
  /** metrics.k8s.io, what the HPA reads, answers 500. */
  resourceMetrics: boolean
  /** /metrics, what Prometheus scrapes, answers 500. */
  exporter: boolean
}

/** A PodMetricsList for the pods that a selector selects; null is an answer of 500. */
export type PodMetricsAnswer = (selector: string) => Promise<unknown>

/** metrics-server and the application's exporter in one: both derive from the loads set. */
export interface MetricsServer {
  /** host:port of the plain HTTP server with /metrics. */
  exporterAddress: string
  /** Sets what a workload is asked to do, or replaces it. */
  setLoad: (load: Load) => void
  removeLoad: (namespace: string, workload: string) => void
  readyPods: (namespace: string, workload: string) => number
  /** The demand that the load now set gives for a time; 0 without a load. */
  demand: (namespace: string, workload: string, at: number) => number
  setFailing: (failing: Partial<Failing>) => void
  /** Answers for the pods of a namespace in place of its loads; null ends it. */
  answerFor: (namespace: string, answer: PodMetricsAnswer | null) => void
  stop: () => Promise<void>
}

export async function startMetricsServer(
  kubeConfig: KubeConfig,
  certificate: KeyPair,
): Promise<MetricsServer> {
  const loads = new Map<string, Load>()
  const watch = new PodWatch(kubeConfig)
  const failing: Failing = { resourceMetrics: false, exporter: false }
  const answers = new Map<string, PodMetricsAnswer>()
  const readyOf = (load: Load): number =>
    watch.pods(load.namespace).filter((pod) => pod.ready && matches(pod.labels, load.selector))
      .length

  const usages = (namespace: string, selector: Record<string, string>): PodUsage[] => {
    const now = Date.now()
    const here = [...loads.values()].filter((load) => load.namespace === namespace)
    return watch.pods(namespace).flatMap((pod) => {
      const load = here.find((candidate) => matches(pod.labels, candidate.selector))
      if (load === undefined || !pod.ready || !matches(pod.labels, selector)) return []
      return [{ pod, cpuMillis: usagePerPod(load, readyOf(load), now) }]
    })
  }

  const api = createTlsServer(
    { key: readFileSync(certificate.key), cert: readFileSync(certificate.certificate) },
    (request, response) => {
      const url = pathOf(request)
      const namespace = new RegExp(`^${METRICS_PATH}/namespaces/([^/]+)/pods$`).exec(
        url.pathname,
      )?.[1]
      const openApi = OPEN_API[url.pathname]
      if (url.pathname === METRICS_PATH) answer(response, 200, METRICS_RESOURCES)
      else if (openApi !== undefined) answer(response, 200, openApi)
      else if (namespace === undefined) answer(response, 404, status(404, 'not found'))
      else if (failing.resourceMetrics) answerOrFail(response, null)
      else {
        const text = url.searchParams.get('labelSelector') ?? ''
        const own = answers.get(namespace)
        const selector = parseSelector(text)
        if (own !== undefined)
          void own(text).then((body) => {
            answerOrFail(response, body)
          })
        else if (selector === undefined)
          answer(response, 400, status(400, 'only a=b,c=d is understood'))
        else
          answer(response, 200, podMetricsList(namespace, usages(namespace, selector), new Date()))
      }
    },
  )
  const exporter = createServer((request, response) => {
    if (pathOf(request).pathname !== '/metrics') answer(response, 404, {})
    else if (failing.exporter) answer(response, 500, {})
    else {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
      response.end(exposition([...loads.values()], readyOf, Date.now()))
    }
  })
  const apiPort = await listen(api)
  const exporterPort = await listen(exporter)
  await registerApi(kubeConfig, RESOURCE_METRICS, apiPort)

  return {
    exporterAddress: `127.0.0.1:${exporterPort}`,
    setLoad: (load) => {
      watch.follow(load.namespace)
      loads.set(key(load.namespace, load.workload), load)
    },
    removeLoad: (namespace, workload) => {
      loads.delete(key(namespace, workload))
      if (![...loads.values()].some((load) => load.namespace === namespace))
        watch.unfollow(namespace)
    },
    readyPods: (namespace, workload) => {
      const load = loads.get(key(namespace, workload))
      return load === undefined ? 0 : readyOf(load)
    },
    demand: (namespace, workload, at) => loads.get(key(namespace, workload))?.demand(at) ?? 0,
    answerFor: (namespace, own) => {
      if (own === null) answers.delete(namespace)
      else answers.set(namespace, own)
    },
    setFailing: (change) => {
      Object.assign(failing, change)
    },
    stop: async () => {
      watch.stop()
      await Promise.all([close(api), close(exporter)])
    },
  }
}

const key = (namespace: string, workload: string): string => `${namespace}/${workload}`

export const pathOf = (request: IncomingMessage): URL =>
  new URL(request.url ?? '/', 'http://localhost')

function status(code: number, message: string): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code }
}

/** A body that is null is a failure on purpose. */
export function answerOrFail(response: ServerResponse, body: unknown): void {
  if (body === null) answer(response, 500, status(500, 'failing on purpose'))
  else answer(response, 200, body)
}

function answer(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export async function listen(server: Server): Promise<number> {
  const port = await freePort()
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  return port
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
}
