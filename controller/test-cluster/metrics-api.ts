import type { KubeConfig } from '@kubernetes/client-node'
import { ApiregistrationV1Api, CoreV1Api } from '@kubernetes/client-node'

import type { PodSeen } from './pod-watch.ts'
import { notYet, waitFor } from './wait.ts'

const GROUP = 'metrics.k8s.io'
export const METRICS_PATH = `/apis/${GROUP}/v1beta1`
const SERVICE = { name: 'test-metrics', namespace: 'kube-system' }
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

/** Makes the API server ask the TLS server at localhost:port for all under metrics.k8s.io. */
export async function registerMetricsApi(kubeConfig: KubeConfig, port: number): Promise<void> {
  const core = kubeConfig.makeApiClient(CoreV1Api)
  const registration = kubeConfig.makeApiClient(ApiregistrationV1Api)
  await core.createNamespacedService({
    namespace: SERVICE.namespace,
    body: {
      metadata: { name: SERVICE.name },
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
    },
  })
  await registration.createAPIService({
    body: {
      metadata: { name: `v1beta1.${GROUP}` },
      spec: {
        group: GROUP,
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { ...SERVICE, port },
      },
    },
  })
  await waitFor('metrics.k8s.io is available', 60, async () => {
    const service = await registration.readAPIService({ name: `v1beta1.${GROUP}` })
    const available = service.status?.conditions?.find(({ type }) => type === 'Available')
    return available?.status === 'True' ? true : notYet(available?.message ?? 'no condition yet')
  })
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
