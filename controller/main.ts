import { hostname } from 'node:os'
import { createHpaFloor } from './actuators/hpa-floor.ts'
import { parseScaler } from './api/parse.ts'
import { formatProblem } from './api/problem.ts'
import type { PredictiveScaler } from './api/schema.ts'
import { connect } from './kubernetes/connect.ts'
import { createEventSink } from './kubernetes/events.ts'
import { collectionPath, pods as podKind, predictiveScalers } from './kubernetes/resource.ts'
import { createScalerStore } from './kubernetes/scaler-store.ts'
import { SelectorCache } from './kubernetes/selector-cache.ts'
import { systemTiming } from './kubernetes/timing.ts'
import { createWatch, type WatchTrouble } from './kubernetes/watch.ts'
import { parsePod } from './lifecycle/pod.ts'
import { PodDirectory } from './lifecycle/pod-directory.ts'
import { createPrometheusSource } from './prometheus/prometheus-source.ts'
import { BEAT_SECONDS, ControllerLoop } from './reconcile/controller-loop.ts'
import { FitPool } from './reconcile/fit-pool.ts'
import type { Clock } from './reconcile/ports.ts'
import { sameIntent } from './reconcile/same-intent.ts'
import { createHeartbeat } from './telemetry/heartbeat.ts'
import { createLog, type LogOptions } from './telemetry/log.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { startTelemetryServer } from './telemetry/server.ts'

export interface ControllerOptions {
  kubeconfigPath: string | undefined
  context: string | undefined
  /** undefined: all namespaces. */
  namespace: string | undefined
  /** The operator's metrics sources by name: a scaler names one, never a URL. */
  sourceUrls: ReadonlyMap<string, string>
  /** Files with bearer tokens, by the name of the source. */
  tokenFiles: ReadonlyMap<string, string>
  metricsAddress: { host: string; port: number }
  logLevel: LogOptions['level']
  logFormat: LogOptions['format']
}

const systemClock: Clock = { nowMs: () => Date.now(), sleep: systemTiming.sleep.bind(systemTiming) }

/**
 * Runs the controller until the signal aborts: adapters are made here and nowhere else.
 *
 * @throws Error with one line for people: no usable cluster, a bad source URL, an address in use
 */
export async function runController(
  options: ControllerOptions,
  signal: AbortSignal,
): Promise<void> {
  const clock = systemClock
  const log = createLog({
    ...{ level: options.logLevel, format: options.logFormat },
    nowMs: () => clock.nowMs(),
    destination: process.stdout,
  })
  const api = connect(options)
  const sources = new Map(
    [...options.sourceUrls].map(([name, url]) => {
      const bearerTokenFile = options.tokenFiles.get(name)
      const source = createPrometheusSource({ url, ...(bearerTokenFile && { bearerTokenFile }) })
      return [name, source] as const
    }),
  )
  const metrics = createMetrics({ process: true })
  const heartbeat = createHeartbeat(BEAT_SECONDS, () => systemTiming.monotonicMs() / 1000)
  const forecasting = new FitPool(1)
  const store = createScalerStore(api)
  const events = createEventSink({
    ...{ api, signal, instance: hostname() },
    nowMs: () => clock.nowMs(),
    onFailure: (why) => {
      log.warn({ why }, 'Dropped an event')
    },
  })
  const selectors = new SelectorCache(
    api,
    () => clock.nowMs(),
    (target, err) => {
      log.warn({ target, err }, 'Failed to read the scale target; its pods count as unknown')
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

  const directory = new PodDirectory(() => podWatch)
  const podWatch = createWatch({
    ...{ api, onTrouble, parse: parsePod },
    path: collectionPath(podKind, options.namespace),
    onChange: (pod) => {
      directory.change(pod)
    },
    onDelete: (pod) => {
      directory.remove(pod.metadata.uid)
    },
  })
  const scalerWatch = createWatch({
    ...{ api, onTrouble, parse: parsedScaler },
    path: collectionPath(predictiveScalers, options.namespace),
    onChange: (scaler, before) => {
      // Foresail's own writes come back here too, and ask for nothing.
      if (before !== undefined && sameIntent(scaler, before)) return
      if (scaler.metadata.uid !== undefined) void loop.syncOne(scaler.metadata.uid, signal)
    },
  })
  const loop = new ControllerLoop({
    clock,
    log,
    scalers: () => scalerWatch.items,
    metrics: metrics.scalers,
    forget: ({ namespace, name }) => {
      directory.forget(`${namespace}/${name}`)
    },
    beat: (seconds) => {
      heartbeat.beat()
      metrics.observeReconcile(seconds)
    },
    portsFor: async ({ metadata, spec }, inner) => {
      const { namespace, name } = metadata
      const { kind, name: target } = spec.scaleTargetRef
      const selector = await selectors.selectorOf({ kind, namespace, name: target }, inner)
      return {
        ...{ clock, sources, forecasting, store, events },
        pods: directory.viewOf(`${namespace}/${name}`, namespace, selector, clock.nowMs() / 1000),
        isCurrent: (scaler) => {
          const now = scalerWatch.items.get(scaler.metadata.uid ?? '')
          return now !== undefined && sameIntent(now, scaler)
        },
        actuator: createHpaFloor({
          ...{ api, namespace, name: spec.actuator.name ?? name },
          guardMetric: spec.reactive.guard?.metric,
        }),
      }
    },
  })

  const server = await startTelemetryServer({
    ...options.metricsAddress,
    metrics,
    healthy: () => heartbeat.verdict(),
    ready: () =>
      scalerWatch.synced() && podWatch.synced()
        ? { ok: true }
        : { ok: false, why: 'the first list of scalers and pods has not come through' },
  })
  log.info({ metrics: server.port, sources: [...sources.keys()] }, 'Started controller')
  try {
    await Promise.all([scalerWatch.run(signal), podWatch.run(signal), loop.run(signal)])
  } finally {
    await forecasting.stop()
    await server.close()
    await api.close()
    log.info({}, 'Stopped controller')
  }
}

/** @throws Error naming the fields that are wrong: the object is left out, and said so in the log */
function parsedScaler(object: unknown): PredictiveScaler {
  const parsed = parseScaler(object)
  if (parsed.ok) return parsed.scaler
  throw new Error(`PredictiveScaler left out: ${parsed.problems.map(formatProblem).join('; ')}`)
}
