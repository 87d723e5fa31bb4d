import { copyFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

import { ensureCached } from './cache-folder.ts'
import { goBuild } from './go-build.ts'

export const KUBERNETES_VERSION = 'v1.36.1'
export const KWOK_VERSION = 'v0.8.0'
export const ETCD_VERSION = 'v3.6.16'

const PLATFORM = `${process.platform}-${process.arch}`

/** Kubernetes requires these at v0.0.0 and replaces them; v1.X.Y of it goes with v0.X.Y of them. */
const STAGING = [
  ...['api', 'apiextensions-apiserver', 'apimachinery', 'apiserver', 'cli-runtime', 'client-go'],
  ...[
    'cloud-provider',
    'cluster-bootstrap',
    'code-generator',
    'component-base',
    'component-helpers',
  ],
  ...['controller-manager', 'cri-api', 'cri-client', 'cri-streaming', 'csi-translation-lib'],
  ...['dynamic-resource-allocation', 'endpointslice', 'externaljwt', 'kms', 'kube-aggregator'],
  ...['kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubectl', 'kubelet', 'metrics'],
  ...['mount-utils', 'pod-security-admission', 'sample-apiserver', 'sample-cli-plugin'],
  'sample-controller',
]

/** kwok's own node stages, out of its module; copied, so a warm start needs no module cache. */
const KWOK_NODE_STAGES = {
  'node-initialize.yaml': 'kustomize/stage/node/fast/node-initialize.yaml',
  'node-heartbeat.yaml': 'kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
}

/** The folder with the control plane's commands, kubectl, and kwok with its stages. */
export function ensureKubernetes(): Promise<string> {
  const staging = KUBERNETES_VERSION.replace('v1.', 'v0.')
  const [, minor] = KUBERNETES_VERSION.split('.')
  const version = 'k8s.io/component-base/version'
  return ensureCached(
    `kubernetes-${KUBERNETES_VERSION}-kwok-${KWOK_VERSION}-${PLATFORM}`,
    async (folder) => {
      const sources = await goBuild(
        {
          name: 'kubernetes',
          requires: { 'k8s.io/kubernetes': KUBERNETES_VERSION, 'sigs.k8s.io/kwok': KWOK_VERSION },
          replaces: Object.fromEntries(STAGING.map((name) => [`k8s.io/${name}`, staging])),
          commands: [
            ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'].map(
              (name) => `k8s.io/kubernetes/cmd/${name}`,
            ),
            'sigs.k8s.io/kwok/cmd/kwok',
          ],
          // Without these the API server says v0.0.0 and clients refuse it.
          linkerVariables: {
            [`${version}.gitVersion`]: KUBERNETES_VERSION,
            [`${version}.gitMajor`]: '1',
            [`${version}.gitMinor`]: minor ?? '',
          },
        },
        folder,
      )
      for (const [name, path] of Object.entries(KWOK_NODE_STAGES)) {
        await copyFile(join(sources.get('sigs.k8s.io/kwok') ?? '', path), join(folder, name))
      }
    },
  )
}

/** The folder with etcd. Debian's 3.4 is too old: the API server needs watch progress requests. */
export function ensureEtcd(): Promise<string> {
  return ensureCached(`etcd-${ETCD_VERSION}-${PLATFORM}`, async (folder) => {
    await goBuild(
      {
        name: 'etcd',
        requires: { 'go.etcd.io/etcd/server/v3': ETCD_VERSION },
        replaces: {},
        commands: ['go.etcd.io/etcd/server/v3'],
        linkerVariables: {},
      },
      folder,
    )
    // Go names a binary after the last path element before the version suffix: "server".
    await rename(join(folder, 'server'), join(folder, 'etcd'))
  })
}
