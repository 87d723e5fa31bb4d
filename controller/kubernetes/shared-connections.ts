import type { KubeConfig } from '@kubernetes/client-node'
import type { Dispatcher } from 'undici'

/**
 * Lets all requests of a KubeConfig share their connections. client-node 2.0.1 makes a new undici Agent
 * for every request, so that each one pays a TLS handshake and leaves a socket behind (its issue 2893).
 * The last Agent is kept as long as certificates and proxy are the same; a renewed certificate makes a
 * new one, and the old one closes when its requests are done.
 *
 * HTTP/1.1, though API servers speak HTTP/2: there all requests share one connection, and one that went silent
 * outlives every deadline, so that the controller stays deaf until the kernel gives up after a quarter of an hour. With
 * HTTP/1.1 a request that is given up takes its connection with it.
 *
 * @returns closes the connections.
 */
export function shareConnections(kubeConfig: KubeConfig): () => Promise<void> {
  const create = (kubeConfig['createDispatcher'] as CreateDispatcher).bind(kubeConfig)
  let last: { key: string; dispatcher: Dispatcher | undefined } | undefined

  const shared: CreateDispatcher = (cluster, agentOptions) => {
    const key = JSON.stringify(kubeConfig.createDispatcherOptions(cluster, agentOptions))
    if (last?.key !== key) {
      void closeQuietly(last?.dispatcher)
      last = { key, dispatcher: create(cluster, agentOptions)?.compose(overHttp1) }
    }
    return last.dispatcher
  }
  Object.assign(kubeConfig, { createDispatcher: shared })

  return async () => {
    const { dispatcher } = last ?? {}
    last = undefined
    await dispatcher?.destroy()
  }
}

type CreateDispatcher = (
  ...args: Parameters<KubeConfig['createDispatcherOptions']>
) => Dispatcher | undefined

const overHttp1: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  // An option of Agent's that its types do not name.
  const http1 = { ...options, allowH2: false }
  return dispatch(http1, handler)
}

async function closeQuietly(dispatcher: Dispatcher | undefined): Promise<void> {
  await dispatcher?.close().catch(() => undefined)
}
