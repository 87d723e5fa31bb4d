import type { KubeConfig } from '@kubernetes/client-node'
import { ApiregistrationV1Api, CoreV1Api } from '@kubernetes/client-node'

import type { PodSeen } from './pod-watch.ts'
import { notYet, waitFor } from './wait.ts'

const GROUP = 'metrics.k8s.io'
export const METRICS_PATH = `/apis/${GROUP}/v1beta1`
export const RESOURCE_METRICS = { group: GROUP, version: 'v1beta1', service: 'test-metrics' }
const WINDOW_SECONDS = 15

/** The API's own description, which is also what the API server asks to see whether it is there. */
export const METRICS_RESOURCES = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: `${GROUP}/v1beta1`,
  resources: [
    {
      name: 'pods',
      singularName: '',
      namespaced: true,
      kind: 'PodMetrics',
      verbs: ['get', 'list'],
    },
  ],
}

/** The API server asks for the API's schema once a minute and logs an error where there is none. */
export const OPEN_API: Record<string, unknown> = {
  '/openapi/v2': { swagger: '2.0', info: { title: GROUP, version: 'v1' }, paths: {} },
  '/openapi/v3': { paths: {} },
}

export interface PodUsage {
  pod: PodSeen
  cpuMillis: number
}

export function podMetricsList(namespace: string, usages: readonly PodUsage[], now: Date): unknown {
  return {
    kind: 'PodMetricsList',
    apiVersion: `${GROUP}/v1beta1`,
    metadata: {},
    items: usages.map(({ pod, cpuMillis }) => ({
      metadata: { name: pod.name, namespace, labels: pod.labels, creationTimestamp: now },
      timestamp: now,
      window: `${WINDOW_SECONDS}s`,
      containers: pod.containers.map((name, index) => ({
        name,
        // All in the first container: only the sum is of interest.
        usage: { cpu: `${index === 0 ? Math.round(cpuMillis * 1e6) : 0}n`, memory: '64Mi' },
      })),
    })),
  }
}

/** An API that the API server is to ask somebody else for. */
export interface AggregatedApi {
  group: string
  version: string
  /** Name of the Service in kube-system that leads there. */
  service: string
}

/** Makes the API server ask the TLS server at localhost:port for all of an API. */
export async function registerApi(
  kubeConfig: KubeConfig,
  { group, version, service: name }: AggregatedApi,
  port: number,
): Promise<void> {
  const core = kubeConfig.makeApiClient(CoreV1Api)
  const registration = kubeConfig.makeApiClient(ApiregistrationV1Api)
  const namespace = 'kube-system'
  await core.createNamespacedService({
    namespace,
    body: {
      metadata: { name },
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
    },
  })
  await registration.createAPIService({
    body: {
      metadata: { name: `${version}.${group}` },
      spec: {
        ...{ group, version, groupPriorityMinimum: 100, versionPriority: 100 },
        ...{ insecureSkipTLSVerify: true, service: { name, namespace, port } },
      },
    },
  })
  await waitFor(`${group} is available`, 60, async () => {
    const service = await registration.readAPIService({ name: `${version}.${group}` })
    const available = service.status?.conditions?.find(({ type }) => type === 'Available')
    return available?.status === 'True' ? true : notYet(available?.message ?? 'no condition yet')
  })
}

/** A registered API without its server makes every namespace undeletable. */
export async function unregisterApi(
  kubeConfig: KubeConfig,
  { group, version, service }: AggregatedApi,
): Promise<void> {
  const registration = kubeConfig.makeApiClient(ApiregistrationV1Api)
  await registration.deleteAPIService({ name: `${version}.${group}` })
  const core = kubeConfig.makeApiClient(CoreV1Api)
  await core.deleteNamespacedService({ name: service, namespace: 'kube-system' })
}

/** Parses the equality selectors that the HPA controller sends ("a=b,c=d"), no others. */
export function parseSelector(text: string): Record<string, string> | undefined {
  const selector: Record<string, string> = {}
  for (const part of text.split(',').filter((one) => one !== '')) {
    const match = /^([^=!\s]+)==?([^=\s]*)$/.exec(part)
    if (match === null) return undefined
    selector[match[1] ?? ''] = match[2] ?? ''
  }
  return selector
}
