import type { ScaleTargetRef } from '../api/scale-target-ref.ts'

/** Queries over cAdvisor and kube-state-metrics that tell what a workload's pods use. */
export interface PodQueries {
  /** What the Ready pods use, in cores or bytes. */
  usage: string
  /** Pods that are Ready. */
  ready: string
  /** What one pod requests. */
  request: string
  /** What one pod may use at most; without a limit it answers with nothing. */
  limit: string
}

const USAGE = {
  cpu: (inside: string) => `rate(container_cpu_usage_seconds_total{${inside}}[2m])`,
  memory: (inside: string) => `container_memory_working_set_bytes{${inside}}`,
}

/**
 * The queries for one resource of one workload. Pods are told by their names, as the controllers of Kubernetes
 * make them; the pause container and the sums over a pod, which have no container label, are left out, and
 * two kubelets or scrapers that tell of one container count once.
 */
export function podQueries(
  resource: 'cpu' | 'memory',
  namespace: string,
  target: Pick<ScaleTargetRef, 'kind' | 'name'>,
): PodQueries {
  const pods = `namespace=${quoted(namespace)},pod=~${quoted(podNames(target))}`
  const containers = `${pods},container!="",container!="POD"`
  const perPod = (inner: string): string => `sum by (pod) (max by (pod, container) (${inner}))`
  const isReady = `max by (pod) (kube_pod_status_ready{${pods},condition="true"}) == 1`
  const spec = (what: string): string => perPod(`${what}{${pods},resource="${resource}"}`)
  return {
    usage: `sum(${perPod(USAGE[resource](containers))} and on (pod) (${isReady}))`,
    ready: `count(${isReady})`,
    request: `max(${spec('kube_pod_container_resource_requests')})`,
    limit: `max(${spec('kube_pod_container_resource_limits')})`,
  }
}

/** A regular expression, anchored by Prometheus, for the names of a workload's pods. */
function podNames({ kind, name }: Pick<ScaleTargetRef, 'kind' | 'name'>): string {
  const literal = name.replaceAll('.', '[.]')
  switch (kind) {
    case 'Deployment':
      return `${literal}-[a-z0-9]{1,10}-[a-z0-9]{5}`
    case 'ReplicaSet':
      return `${literal}-[a-z0-9]{5}`
    case 'StatefulSet':
      return `${literal}-[0-9]+`
    default:
      return `${literal}-.+`
  }
}

/** A string of PromQL. Names of Kubernetes hold nothing to escape; what is no name must not break out. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
