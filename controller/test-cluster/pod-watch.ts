import type { KubeConfig, V1Pod } from '@kubernetes/client-node'
import { CoreV1Api } from '@kubernetes/client-node'

export interface PodSeen {
  name: string
  labels: Record<string, string>
  containers: readonly string[]
  ready: boolean
}

/** The pods of some namespaces, read every second; the last answer stays while there is none. */
export class PodWatch {
  readonly #core: CoreV1Api
  readonly #namespaces = new Map<string, readonly PodSeen[]>()
  readonly #timer: NodeJS.Timeout
  #reading = false

  constructor(kubeConfig: KubeConfig) {
    this.#core = kubeConfig.makeApiClient(CoreV1Api)
    this.#timer = setInterval(() => {
      void this.#read()
    }, 1000)
  }

  follow(namespace: string): void {
    if (!this.#namespaces.has(namespace)) this.#namespaces.set(namespace, [])
  }

  unfollow(namespace: string): void {
    this.#namespaces.delete(namespace)
  }

  pods(namespace: string): readonly PodSeen[] {
    return this.#namespaces.get(namespace) ?? []
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #read(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      for (const namespace of this.#namespaces.keys()) {
        // resourceVersion 0: from the API server's cache, which costs it little.
        const list = await this.#core.listNamespacedPod({ namespace, resourceVersion: '0' })
        if (this.#namespaces.has(namespace)) this.#namespaces.set(namespace, list.items.map(seen))
      }
    } catch {
      // The API server is being restarted.
    } finally {
      this.#reading = false
    }
  }
}

function seen(pod: V1Pod): PodSeen {
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
  return {
    name: pod.metadata?.name ?? '',
    labels: pod.metadata?.labels ?? {},
    containers: pod.spec?.containers.map(({ name }) => name) ?? [],
    ready: ready && pod.metadata?.deletionTimestamp === undefined,
  }
}
