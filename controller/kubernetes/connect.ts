import {
  AppsV1Api,
  AutoscalingV2Api,
  type Configuration,
  CoreV1Api,
  createConfiguration,
  EventsV1Api,
  type KubeConfig,
  type Middleware,
  ServerConfiguration,
} from '@kubernetes/client-node'

import { type ApiRequest, type OpenAnswer, openRequest, requestJson } from './api-request.ts'
import { type KubeconfigChoice, loadKubeconfig } from './load-kubeconfig.ts'
import { shareConnections } from './shared-connections.ts'

export interface ConnectOptions extends KubeconfigChoice {
  /** For every request but a watch; 10 s by default. */
  deadlineMs?: number
  /** Tells this process from others in the audit log of the API server. */
  userAgent?: string
}

/** Requests as raw JSON: nothing is lost on the way, unlike in the typed clients. */
export interface ApiRequests {
  /**
   * JSON under the deadline.
   *
   * @throws KubernetesError; the signal's reason when the caller gives up.
   */
  request(request: ApiRequest, signal: AbortSignal, deadlineMs?: number): Promise<unknown>
  /** An answer whose body is read by the caller, who also sets its deadline. */
  open(request: ApiRequest, signal: AbortSignal): Promise<OpenAnswer>
}

/** One cluster. Every request of a typed client has the deadline; what it throws goes to kubernetesError. */
export interface Connection extends ApiRequests {
  kubeConfig: KubeConfig
  core: CoreV1Api
  apps: AppsV1Api
  autoscaling: AutoscalingV2Api
  events: EventsV1Api
  /** Any other typed client of client-node. */
  client<T>(type: new (configuration: Configuration) => T): T
  /** Ends all connections at once. */
  close(): Promise<void>
}

/** @throws Error one line, where the kubeconfig gives no usable cluster. Sends nothing yet. */
export function connect(options: ConnectOptions = {}): Connection {
  const kubeConfig = loadKubeconfig(options)
  const close = shareConnections(kubeConfig)
  const { deadlineMs = 10_000, userAgent = 'foresail' } = options
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(kubeConfig.getCurrentCluster()?.server ?? '', {}),
    authMethods: { default: kubeConfig },
    promiseMiddleware: [deadlineMiddleware(deadlineMs)],
  })
  const client = <T>(type: new (configuration: Configuration) => T) => new type(configuration)
  return {
    kubeConfig,
    core: client(CoreV1Api),
    apps: client(AppsV1Api),
    autoscaling: client(AutoscalingV2Api),
    events: client(EventsV1Api),
    client,
    close,
    request: (request, signal, ms = deadlineMs) =>
      requestJson(kubeConfig, { userAgent, ...request }, signal, ms),
    open: (request, signal) => openRequest(kubeConfig, { userAgent, ...request }, signal),
  }
}

// The library has no timeout of its own: a request to a silent server stays pending for ever.
function deadlineMiddleware(deadlineMs: number): Middleware {
  return {
    pre(context) {
      context.setSignal(AbortSignal.timeout(deadlineMs))
      context.setHeaderParam('User-Agent', 'foresail')
      return Promise.resolve(context)
    },
    post: (context) => Promise.resolve(context),
  }
}
