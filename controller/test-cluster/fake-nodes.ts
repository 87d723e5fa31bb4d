import type { KubeConfig } from '@kubernetes/client-node'
import { CoreV1Api } from '@kubernetes/client-node'

const ROOM = { cpu: '1000', memory: '4Ti', pods: '1000' }

/** Nodes whose kubelet is kwok; roomy, so that scheduling is never what a test waits for. */
export async function createFakeNodes(kubeConfig: KubeConfig, count: number): Promise<void> {
  const core = kubeConfig.makeApiClient(CoreV1Api)
  for (let index = 0; index < count; index += 1) {
    await core.createNode({
      body: {
        metadata: {
          name: `fake-${index}`,
          annotations: { 'kwok.x-k8s.io/node': 'fake' },
          labels: { 'kubernetes.io/hostname': `fake-${index}`, 'kubernetes.io/os': 'linux' },
        },
        status: { allocatable: ROOM, capacity: ROOM },
      },
    })
  }
}
