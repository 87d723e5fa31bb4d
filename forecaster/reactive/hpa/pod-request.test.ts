import { expect, it } from 'vitest'
import { servingPod } from './example-pods.ts'
import type { InitContainer, Pod } from './pod.ts'
import { podRequest } from './pod-request.ts'

const app = { name: 'app', requests: { cpu: 100, memory: 64_000 } }
const proxy = { name: 'proxy', requests: { cpu: 50 } }
const sidecar: InitContainer = { name: 'side', requests: { cpu: 25 }, restartable: true }
const setUp: InitContainer = { name: 'set-up', requests: { cpu: 700 }, restartable: false }

interface Row {
  name: string
  pod: Partial<Pod>
  resource?: string
  container?: string
  podLevel?: boolean
  request: unknown
}

const missing = (container: string) => {
  return { failure: `missing request for cpu in container ${container} of Pod web` }
}

it.each<Row>([
  { name: 'containers add up', pod: { containers: [app, proxy] }, request: 150 },
  {
    name: 'an init container that runs on counts, another does not',
    pod: { containers: [app], initContainers: [setUp, sidecar] },
    request: 125,
  },
  {
    name: 'one container',
    pod: { containers: [app, proxy] },
    container: 'proxy',
    request: 50,
  },
  {
    name: 'one that runs on beside',
    pod: { containers: [app], initContainers: [sidecar] },
    container: 'side',
    request: 25,
  },
  {
    name: 'one that is over is not found',
    pod: { containers: [app], initContainers: [setUp] },
    container: 'set-up',
    request: { failure: 'container set-up not found in Pod web' },
  },
  {
    name: 'one container without a request spoils the pod',
    pod: { containers: [app, { name: 'bare', requests: {} }] },
    request: missing('bare'),
  },
  {
    name: 'but not another container',
    pod: { containers: [app, { name: 'bare', requests: {} }] },
    container: 'app',
    request: 100,
  },
  {
    name: 'a request of 0 is one',
    pod: { containers: [{ name: 'app', requests: { cpu: 0 } }] },
    request: 0,
  },
  {
    name: "the pod's own request counts where the cluster knows it",
    pod: { containers: [app, { name: 'bare', requests: {} }], podRequests: { cpu: 400 } },
    podLevel: true,
    request: 400,
  },
  {
    name: 'and is passed over where it does not',
    pod: { containers: [app, proxy], podRequests: { cpu: 400 } },
    request: 150,
  },
  {
    name: 'a named container comes before it',
    pod: { containers: [app, proxy], podRequests: { cpu: 400 } },
    podLevel: true,
    container: 'app',
    request: 100,
  },
  {
    name: 'without the resource it is what the containers reserve, starting up included',
    pod: { containers: [app, proxy], initContainers: [sidecar, setUp], podRequests: { memory: 9 } },
    podLevel: true,
    request: 725,
  },
  {
    name: 'a container without a request is no error then',
    pod: { containers: [app, { name: 'bare', requests: {} }], podRequests: { memory: 9 } },
    podLevel: true,
    request: 100,
  },
  {
    name: 'but a pod without any is',
    pod: { containers: [{ name: 'bare', requests: {} }], podRequests: { memory: 9 } },
    podLevel: true,
    request: { failure: 'missing pod-level request for cpu in Pod web' },
  },
  {
    name: 'overhead is part of what a pod reserves as a whole',
    pod: { containers: [app], podRequests: { cpu: 400 }, overhead: { cpu: 10 } },
    podLevel: true,
    request: 410,
  },
])('$name', ({ pod, resource = 'cpu', container = null, podLevel = false, request }) => {
  expect(podRequest(servingPod(pod), resource, container, podLevel)).toEqual(request)
})
