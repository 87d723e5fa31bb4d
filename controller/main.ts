import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { OwnerCache } from './actuators/owner-cache.ts'
import { readStored, type StoredScaler } from './api/stored-scaler.ts'
import { connect } from './kubernetes/connect.ts'
import { collectionPath, nodes, pods as podKind, predictiveScalers } from './kubernetes/resource.ts'
import { SelectorCache } from './kubernetes/selector-cache.ts'
import { systemTiming } from './kubernetes/timing.ts'
import { createWatch, type WatchTrouble } from './kubernetes/watch.ts'
import { electLeader, type Hold } from './leadership/elect-leader.ts'
import { shardOf } from './leadership/shard.ts'
import { createWriteBudget } from './leadership/write-budget.ts'
import { parsePod } from './lifecycle/pod.ts'
import { PodDirectory } from './lifecycle/pod-directory.ts'
import { parseNode, YoungNodes } from './lifecycle/young-nodes.ts'
import { createLiveSources, type LiveSources } from './prometheus/live-sources.ts'
import { createPrometheusSource } from './prometheus/prometheus-source.ts'
import { BEAT_SECONDS, type ControllerLoop } from './reconcile/controller-loop.ts'
import { FitPool } from './reconcile/fit-pool.ts'
import type { Clock } from './reconcile/ports.ts'
import { PreparationQueue } from './reconcile/preparations.ts'
import { sameIntent } from './reconcile/same-intent.ts'
import { spreadOf } from './reconcile/spread.ts'
import { createShardLoop } from './shard-loop.ts'
import { createHeartbeat } from './telemetry/heartbeat.ts'
import { createLog, type Log, type LogOptions } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { startTelemetryServer } from './telemetry/server.ts'

export interface ControllerOptions {
  kubeconfigPath: string | undefined
  context: string | undefined
  /** undefined: all namespaces. */
  namespace: string | undefined
  /** The operator's metrics sources by name: a scaler names one, never a URL. */
  sourceUrls: ReadonlyMap<string, string>
  /** A file with more of them, read again while the controller runs. */
  sourcesFile: string | undefined
  /** Files with bearer tokens, by the name of the source. */
  tokenFiles: ReadonlyMap<string, string>
  metricsAddress: { host: string; port: number }
  logLevel: LogOptions['level']
  logFormat: LogOptions['format']
  /** Where the leases lie; null without leader election: then no other controller may run. */
  leaseNamespace: string | null
  /** Into how many parts the scalers are cut; each is one lease, led by one process. */
  shards: number
  /** Says what it would write, and writes nothing. */
  dryRun: boolean
}

/** One reads its history while another's is lived through; each holds a week of raw samples. */
const PREPARED_AT_ONCE = 2

/** So long a start waits for the first list of nodes. */
const NODES_WITHIN_MS = 5_000

const systemClock: Clock = { nowMs: () => Date.now(), sleep: systemTiming.sleep.bind(systemTiming) }

/**
 * Runs the controller until the signal aborts: adapters are made here and in shard-loop.ts, nowhere else.
 *
 * @throws Error with one line for people: no usable cluster, a bad source URL, an address in use
 */
export async function runController(
  options: ControllerOptions,
  signal: AbortSignal,
): Promise<void> {
  const clock = systemClock
  const { shards } = options
  const log = createLog({
    ...{ level: options.logLevel, format: options.logFormat },
    nowMs: () => clock.nowMs(),
    destination: process.stdout,
  })
  const identity = `${hostname()}_${randomUUID()}`
  const api = connect({ ...options, userAgent: `foresail/${identity}` })
  const fixed = new Map(
    [...options.sourceUrls].map(([name, url]) => {
      const bearerTokenFile = options.tokenFiles.get(name)
      const source = createPrometheusSource({ url, ...(bearerTokenFile && { bearerTokenFile }) })
      return [name, source] as const
    }),
  )
  const live = createLiveSources(options.sourcesFile, fixed)
  const { sources } = live
  const wrong = await live.refresh()
  if (wrong.length > 0) throw new Error(wrong.join('; '))
  const metrics = createMetrics({ process: true })
  const heartbeat = createHeartbeat(BEAT_SECONDS, () => systemTiming.monotonicMs() / 1000)
  const forecasting = new FitPool(1)
  const preparations = new PreparationQueue(PREPARED_AT_ONCE, spreadOf, (uid) => {
    // What waited for it is not to wait for the next sync too.
    for (const loop of led.values()) void loop.syncOne(uid)
  })
  const budget = createWriteBudget(systemTiming)
  const selectors = new SelectorCache(
    api,
    () => clock.nowMs(),
    (target, err) => {
      log.warn({ target, err }, 'Failed to read the scale target; its pods count as unknown')
    },
  )
  const owners = new OwnerCache(
    api,
    () => clock.nowMs(),
    (namespace, err) => {
      log.warn({ namespace, err }, 'Failed to list what scales workloads; others may do so unseen')
    },
  )
  const onTrouble = ({ reason, message }: WatchTrouble): void => {
    // These two concern one object or one callback; the watch itself goes on.
    if (reason === 'Unreadable' || reason === 'CallbackFailed') {
      log.warn({ reason, why: message }, 'Left out one object of a watch')
      return
    }
    metrics.countWatchRestart(reason)
    log.warn({ reason, why: message }, 'Lost a watch; it begins anew')
  }

  const youngNodes = new YoungNodes()
  const nodeWatch = createWatch({
    ...{ api, onTrouble, parse: parseNode, path: collectionPath(nodes), metadataOnly: true },
    onChange: (node) => {
      youngNodes.put(node)
    },
    onDelete: (node) => {
      youngNodes.remove(node)
    },
  })
  // Whether its node is young is asked once a pod. A list of nodes that is refused holds up nobody.
  const nodesByMs = systemTiming.monotonicMs() + NODES_WITHIN_MS
  const directory = new PodDirectory(() => podWatch, youngNodes.isYoung)
  const podWatch = createWatch({
    ...{ api, onTrouble, parse: parsePod },
    path: collectionPath(podKind, options.namespace),
    onChange: (pod) => {
      directory.change(pod)
    },
    onDelete: (pod) => {
      directory.remove(pod)
    },
  })
  /** The loops of the shards that this process leads. */
  const led = new Map<number, ControllerLoop>()
  const scalerWatch = createWatch<StoredScaler>({
    ...{ api, onTrouble, parse: readStored },
    path: collectionPath(predictiveScalers, options.namespace),
    onChange: ({ scaler }, before) => {
      // Foresail's own writes come back here too, and ask for nothing.
      if (before !== undefined && sameIntent(scaler, before.scaler)) return
      const { uid } = scaler.metadata
      if (uid !== undefined) void led.get(shardOf(scaler.metadata, shards))?.syncOne(uid)
    },
  })

  const lead = async (shard: number, hold: Hold): Promise<void> => {
    const loop = createShardLoop({
      ...{
        api,
        budget,
        clock,
        sources,
        forecasting,
        preparations,
        selectors,
        directory,
        metrics,
        heartbeat,
      },
      ...{ log, hold, identity, dryRun: options.dryRun },
      ...{ owners, allScalers: () => scalerWatch.items.values() },
      scalers: () => ofShard(scalerWatch.items, shard, shards),
    })
    log.info({ shard, shards }, 'Leads shard')
    led.set(shard, loop)
    metrics.setLeading(shard, true)
    // Nothing is decided before the first list is there: what is not known yet is not gone.
    const ready = (): boolean =>
      scalerWatch.synced() && (nodeWatch.synced() || systemTiming.monotonicMs() > nodesByMs)
    while (!ready() && !hold.signal.aborted) {
      await clock.sleep(100, hold.signal).catch(() => undefined)
    }
    await loop.run(hold.signal)
    led.delete(shard)
    metrics.setLeading(shard, false)
    log.info({ shard, shards }, 'Leads shard no more')
  }
  const election = (shard: number): Promise<void> => {
    if (options.leaseNamespace === null || options.dryRun) return lead(shard, ownHold(signal))
    return electLeader(
      {
        ...{ api, identity, namespace: options.leaseNamespace },
        name: leaseName(options.namespace, shard),
        ...{ timing: systemTiming, wallMs: () => clock.nowMs() },
        patience: () => led.size,
        onTrouble: (why) => {
          log.warn({ shard, why }, 'Failed to take or renew a lease; tried again')
        },
      },
      (hold) => lead(shard, hold),
      signal,
    )
  }

  const server = await startTelemetryServer({
    ...options.metricsAddress,
    metrics,
    // Who leads nothing has nothing to finish.
    healthy: () => (led.size === 0 ? { ok: true } : heartbeat.verdict()),
    ready: () =>
      scalerWatch.synced() && podWatch.synced()
        ? { ok: true }
        : { ok: false, why: 'the first list of scalers and pods has not come through' },
  })
  log.info(
    { metrics: server.port, sources: [...sources.keys()], identity, shards },
    options.dryRun ? 'Started controller; a dry run writes nothing' : 'Started controller',
  )
  try {
    const elections = Array.from({ length: shards }, (_, shard) => election(shard))
    const reading = rereadSources(live, clock, log, signal)
    const watches = [scalerWatch, podWatch, nodeWatch].map((watch) => watch.run(signal))
    await Promise.all([...watches, reading, ...elections])
  } finally {
    await forecasting.stop()
    await server.close()
    await api.close()
    log.info({}, 'Stopped controller')
  }
}

/** A mounted ConfigMap follows its object within a minute; so does the controller. */
const SOURCES_EVERY_MS = 15_000

/** Reads the list of sources again and again. What is wrong with it is said once, and the old one stays. */
async function rereadSources(
  live: LiveSources,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let said = ''
  while (!signal.aborted) {
    await clock.sleep(SOURCES_EVERY_MS, signal).catch(() => undefined)
    const problems = (await live.refresh()).join('; ')
    if (problems !== '' && problems !== said) {
      log.warn({ why: problems }, 'Failed to read the sources again; the old ones stay')
    }
    said = problems
  }
}

/** Controllers of different namespaces are no rivals. */
function leaseName(namespace: string | undefined, shard: number): string {
  return namespace === undefined ? `foresail-${shard}` : `foresail-${namespace}-${shard}`
}

/** Without an election there is nobody to lose to. */
function ownHold(signal: AbortSignal): Hold {
  return { signal, coveredUntilMs: () => Infinity, writesStopped: () => false }
}

function ofShard(
  scalers: ReadonlyMap<string, StoredScaler>,
  shard: number,
  count: number,
): ReadonlyMap<string, StoredScaler> {
  if (count === 1) return scalers
  return new Map([...scalers].filter(([, { scaler }]) => shardOf(scaler.metadata, count) === shard))
}
