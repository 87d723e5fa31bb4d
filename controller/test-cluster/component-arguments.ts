import type { Certificates } from './certificates.ts'

export function etcdArguments(dataFolder: string, clientPort: number, peerPort: number): string[] {
  const client = `http://127.0.0.1:${clientPort}`
  const peer = `http://127.0.0.1:${peerPort}`
  return [
    // A throw-away cluster: what fsync protects against is not of interest, its time is.
    '--unsafe-no-fsync',
    ...['--name=test', `--data-dir=${dataFolder}`, '--log-level=warn'],
    ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
    ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`],
    `--initial-cluster=test=${peer}`,
  ]
}

export function apiServerArguments(
  certificates: Certificates,
  etcdPort: number,
  port: number,
  audit: { policyFile: string; logFile: string },
): string[] {
  const { authority, server, frontProxyAuthority, frontProxyClient, serviceAccountKey } =
    certificates
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    ...['--bind-address=127.0.0.1', `--secure-port=${port}`, '--endpoint-reconciler-type=none'],
    ...[`--client-ca-file=${authority.certificate}`, `--tls-cert-file=${server.certificate}`],
    `--tls-private-key-file=${server.key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${serviceAccountKey}`,
    `--service-account-signing-key-file=${serviceAccountKey}`,
    ...['--authorization-mode=RBAC', '--allow-privileged=true'],
    // No service accounts in pods, and no node-lifecycle controller that would untaint new nodes.
    '--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
    '--service-cluster-ip-range=10.0.0.0/24',
    // The front proxy: how the API server shows itself to aggregated APIs, here metrics.k8s.io.
    `--requestheader-client-ca-file=${frontProxyAuthority.certificate}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${frontProxyClient.certificate}`,
    `--proxy-client-key-file=${frontProxyClient.key}`,
    `--audit-policy-file=${audit.policyFile}`,
    `--audit-log-path=${audit.logFile}`,
    // A restart in the middle of a test is to be a short one.
    ...['--shutdown-delay-duration=0s', '--profiling=false'],
  ]
}

const CONTROLLERS = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'horizontal-pod-autoscaler-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'disruption-controller',
  'serviceaccount-controller',
  'clusterrole-aggregation-controller',
]

/** The HPA runs at its defaults (15 s sync, 300 s stabilisation): a comparison must be fair. */
export function controllerManagerArguments(kubeconfig: string, port: number): string[] {
  return [
    ...[`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--bind-address=127.0.0.1'],
    ...[`--secure-port=${port}`, `--controllers=${CONTROLLERS.join(',')}`, '--profiling=false'],
    ...['--kube-api-qps=500', '--kube-api-burst=1000'],
  ]
}

export function schedulerArguments(configFile: string, port: number): string[] {
  return [`--config=${configFile}`, '--bind-address=127.0.0.1', `--secure-port=${port}`]
}

export function schedulerConfig(kubeconfig: string): string {
  return JSON.stringify({
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    leaderElection: { leaderElect: false },
    clientConnection: { kubeconfig, qps: 500, burst: 1000 },
  })
}

export function kwokArguments(kubeconfig: string, stageFiles: readonly string[]): string[] {
  return [
    ...[`--kubeconfig=${kubeconfig}`, '--manage-all-nodes=false'],
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    ...['--node-lease-duration-seconds=40', '--v=WARN'],
    ...stageFiles.map((file) => `--config=${file}`),
  ]
}
