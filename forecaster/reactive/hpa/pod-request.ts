import type { Failure } from './failure.ts'
import { addInt64, type Int64 } from './int64.ts'
import type { Container, Pod, Requests } from './pod.ts'

/**
 * What a pod requests of a resource, in thousandths of its unit.
 *
 * @param container only this one's request; null for the pod's
 * @param podLevelResources whether the cluster knows requests of a pod as a whole
 */
export function podRequest(
  pod: Pod,
  resource: string,
  container: string | null,
  podLevelResources: boolean,
): Int64 | Failure {
  if (container !== null) return containerRequest(pod, resource, container)
  if (podLevelResources && hasPodLevelRequests(pod)) return podLevelRequest(pod, resource)
  let sum: Int64 = 0
  for (const one of runningContainers(pod)) {
    const request = one.requests[resource]
    if (request === undefined) return missingRequest(pod, resource, one.name)
    sum = addInt64(sum, request)
  }
  return sum
}

function containerRequest(pod: Pod, resource: string, container: string): Int64 | Failure {
  const found = runningContainers(pod).find(({ name }) => name === container)
  if (found === undefined) return { failure: `container ${container} not found in Pod ${pod.name}` }
  return found.requests[resource] ?? missingRequest(pod, resource, container)
}

/** Init containers that run on count, the others are over before there is load. */
function runningContainers({ containers, initContainers }: Pod): readonly Container[] {
  if (initContainers.length === 0) return containers
  return [...containers, ...initContainers.filter(({ restartable }) => restartable)]
}

function missingRequest(pod: Pod, resource: string, container: string): Failure {
  return { failure: `missing request for ${resource} in container ${container} of Pod ${pod.name}` }
}

function hasPodLevelRequests({ podRequests }: Pod): boolean {
  return podRequests !== null && Object.keys(podRequests).some(isPodLevelResource)
}

function isPodLevelResource(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')
}

/** As the scheduler reserves it: the pod's own request, or else its containers' at their largest. */
function podLevelRequest(pod: Pod, resource: string): Int64 | Failure {
  const own = isPodLevelResource(resource) ? pod.podRequests?.[resource] : undefined
  const request = plus(own ?? reservedByContainers(pod, resource), pod.overhead, resource)
  if (request !== undefined) return request
  return { failure: `missing pod-level request for ${resource} in Pod ${pod.name}` }
}

/** The sum of what runs, or more where an init container needs more beside those already running. */
function reservedByContainers(pod: Pod, resource: string): Int64 | undefined {
  let running: Int64 | undefined
  for (const { requests } of runningContainers(pod)) running = plus(running, requests, resource)
  let besideEarlier: Int64 | undefined
  let starting: Int64 | undefined
  for (const init of pod.initContainers) {
    starting = largest(starting, plus(besideEarlier, init.requests, resource))
    if (init.restartable) besideEarlier = plus(besideEarlier, init.requests, resource)
  }
  return largest(running, starting)
}

function plus(
  sum: Int64 | undefined,
  requests: Requests | null,
  resource: string,
): Int64 | undefined {
  const request = requests?.[resource]
  if (request === undefined) return sum
  return sum === undefined ? request : addInt64(sum, request)
}

function largest(a: Int64 | undefined, b: Int64 | undefined): Int64 | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}
