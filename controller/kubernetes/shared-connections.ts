import type { KubeConfig } from '@kubernetes/client-node'
import type { Dispatcher } from 'undici'

/**
 * Lets all requests of a KubeConfig share their connections. client-node 2.0.1 makes a new undici Agent
 * for every request, so that each one pays a TLS handshake and leaves a socket behind (its issue 2893).
 * The last Agent is kept as long as certificates and proxy are the same; a renewed certificate makes a
 * new one, and the old one closes when its requests are done.
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
      last = { key, dispatcher: create(cluster, agentOptions) }
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

async function closeQuietly(dispatcher: Dispatcher | undefined): Promise<void> {
  await dispatcher?.close().catch(() => undefined)
}
