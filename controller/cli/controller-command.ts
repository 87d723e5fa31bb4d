import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { LOG_FORMATS, LOG_LEVELS } from '../telemetry/log.ts'
import { EXIT, Failure } from './failure.ts'

interface Flags {
  kubeconfig?: string
  context?: string
  namespace?: string
  prometheus?: Map<string, string>
  sources?: string
  prometheusTokenFile?: Map<string, string>
  metricsAddress: { host: string; port: number }
  leaderElect: boolean
  leaseNamespace?: string
  shards: number
  dryRun: boolean
  logLevel: (typeof LOG_LEVELS)[number]
  logFormat: (typeof LOG_FORMATS)[number]
}

/** `foresail controller`: flags to options, signals to an orderly stop. */
export function define(command: Command): void {
  command
    .option(
      '--kubeconfig <file>',
      'kubeconfig (default: KUBECONFIG, ~/.kube/config, service account)',
    )
    .option('--context <name>', 'context of the kubeconfig')
    .option('-n, --namespace <name>', 'only this namespace (default: all)')
    .option(
      '--prometheus <name=url>',
      'a metrics source that scalers may name; a URL alone is the source "default"; repeatable',
      source,
    )
    .option(
      '--sources <file>',
      'a file of such sources with their credentials (examples/sources.yaml); read again when it changes',
    )
    .option(
      '--prometheus-token-file <name=file>',
      'bearer token for a source, read anew for each request; repeatable',
      tokenFile,
    )
    .addOption(
      new Option('--metrics-address <host:port>', 'where /metrics, /healthz and /readyz are served')
        .argParser(address)
        .default({ host: '127.0.0.1', port: 9464 }, '127.0.0.1:9464'),
    )
    .option('--dry-run', 'say in the log what would be written, and write nothing', false)
    .option('--no-leader-elect', 'take no lease; no other controller may run beside this one')
    .option(
      '--lease-namespace <name>',
      "where the leases lie (default: the pod's namespace, else foresail)",
    )
    .option(
      '--shards <count>',
      'cut the scalers into so many parts, each led by one of the controllers that run',
      shardCount,
      1,
    )
    .addOption(new Option('--log-level <level>').choices(LOG_LEVELS).default('info'))
    .addOption(new Option('--log-format <format>').choices(LOG_FORMATS).default('json'))
    .action(async (flags: Flags) => {
      if (flags.prometheus === undefined && flags.sources === undefined) {
        throw new Failure('no metrics source: give --prometheus or --sources', EXIT.usage)
      }
      const { runController } = await import('../main.ts')
      const stop = new AbortController()
      for (const name of ['SIGINT', 'SIGTERM'] as const) {
        process.once(name, () => {
          stop.abort()
        })
      }
      const options = {
        kubeconfigPath: flags.kubeconfig,
        context: flags.context,
        namespace: flags.namespace,
        sourceUrls: flags.prometheus ?? new Map<string, string>(),
        sourcesFile: flags.sources,
        tokenFiles: flags.prometheusTokenFile ?? new Map<string, string>(),
        metricsAddress: flags.metricsAddress,
        leaseNamespace: flags.leaderElect ? (flags.leaseNamespace ?? ownNamespace()) : null,
        shards: flags.shards,
        dryRun: flags.dryRun,
        logLevel: flags.logLevel,
        logFormat: flags.logFormat,
      }
      await runController(options, stop.signal).catch((error: unknown) => {
        throw new Failure(error instanceof Error ? error.message : String(error), EXIT.unavailable)
      })
    })
}

function source(text: string, before: Map<string, string> | undefined): Map<string, string> {
  const [, name = 'default', url = ''] = /^(?:([a-z0-9-]+)=)?(https?:\/\/.+)$/.exec(text) ?? []
  if (!URL.canParse(url)) {
    throw new InvalidArgumentError('Write name=url, such as default=http://prometheus:9090.')
  }
  if (before?.has(name) === true) {
    throw new InvalidArgumentError(`The source "${name}" is given twice; give each its own name.`)
  }
  return new Map(before).set(name, url)
}

function tokenFile(text: string, before: Map<string, string> | undefined): Map<string, string> {
  const [, name = '', file = ''] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? []
  if (file === '') throw new InvalidArgumentError('Write name=file, such as default=/run/token.')
  return new Map(before).set(name, file)
}

function address(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? []
  if (host === '' || Number(port) > 65_535) {
    throw new InvalidArgumentError('Write host:port, such as 0.0.0.0:9464.')
  }
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}

/** More leases than that are renewed for nothing: a shard holds a thousand scalers. */
const MOST_SHARDS = 64

function shardCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_SHARDS) return count
  throw new InvalidArgumentError(`Write a whole number from 1 to ${MOST_SHARDS}.`)
}

/** The namespace of the pod this runs in; outside a cluster the one that crds/rbac.yaml makes. */
function ownNamespace(): string {
  try {
    const file = '/var/run/secrets/kubernetes.io/serviceaccount/namespace'
    return readFileSync(file, 'utf8').trim()
  } catch {
    return 'foresail'
  }
}
