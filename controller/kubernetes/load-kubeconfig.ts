import { KubeConfig } from '@kubernetes/client-node'

import { oneLine } from './one-line.ts'

export interface KubeconfigChoice {
  /** Without a path: KUBECONFIG, then ~/.kube/config, then the service account of the pod. */
  kubeconfigPath?: string | undefined
  context?: string | undefined
}

/** @throws Error one line, where there is no usable cluster. */
export function loadKubeconfig({ kubeconfigPath, context }: KubeconfigChoice): KubeConfig {
  const kubeConfig = new KubeConfig()
  const where = kubeconfigPath === undefined ? 'kubeconfig' : `kubeconfig ${kubeconfigPath}`
  try {
    if (kubeconfigPath === undefined) kubeConfig.loadFromDefault()
    else kubeConfig.loadFromFile(kubeconfigPath)
  } catch (error) {
    const what = oneLine(error instanceof Error ? error.message : String(error), 200)
    throw new Error(`${where} cannot be read: ${what}; give another with --kubeconfig`)
  }
  if (context !== undefined) kubeConfig.setCurrentContext(context)
  const cluster = kubeConfig.getCurrentCluster()
  if (cluster === null) {
    const names = kubeConfig.getContexts().map(({ name }) => name)
    if (names.length === 0)
      throw new Error(`${where} holds no context; give another with --kubeconfig`)
    const wanted = context ?? kubeConfig.getCurrentContext()
    throw new Error(`${where}: no context '${wanted}'; choose one of: ${names.join(', ')}`)
  }
  // What the library falls back to where it found nothing at all.
  if (cluster.name === 'cluster' && cluster.server === 'http://localhost:8080') {
    throw new Error('no kubeconfig and no service account: set KUBECONFIG or give --kubeconfig')
  }
  // The library would throw the same at each single request.
  if (cluster.server.startsWith('http:') && !cluster.skipTLSVerify) {
    throw new Error(
      `${where}: cluster '${cluster.name}' is ${cluster.server}; for http set insecure-skip-tls-verify: true`,
    )
  }
  return kubeConfig
}
