import { actuatorOf, actuatorOfInvalid } from './actuators/actuator-of.ts'
import { otherOwner, refusing } from './actuators/other-owners.ts'
import type { OwnerCache } from './actuators/owner-cache.ts'
import type { PredictiveScaler } from './api/schema.ts'
import type { StoredScaler } from './api/stored-scaler.ts'
import { limitsAt } from './calendar/limits-at.ts'
import type { ApiRequests } from './kubernetes/connect.ts'
import { createEventSink } from './kubernetes/events.ts'
import { usageNow } from './kubernetes/pod-metrics.ts'
import { createScalerStore } from './kubernetes/scaler-store.ts'
import type { SelectorCache } from './kubernetes/selector-cache.ts'
import { createStateConfigMaps } from './kubernetes/state-config-map.ts'
import { systemTiming } from './kubernetes/timing.ts'
import type { Hold } from './leadership/elect-leader.ts'
import { gatedRequests, type WriteGate } from './leadership/gated-requests.ts'
import { holdingBack } from './leadership/holding-back.ts'
import type { WriteBudget } from './leadership/write-budget.ts'
import type { PodDirectory } from './lifecycle/pod-directory.ts'
import { ControllerLoop } from './reconcile/controller-loop.ts'
import type { Clock, Forecasting, MetricsSource } from './reconcile/ports.ts'
import type { Preparations } from './reconcile/preparations.ts'
import { refuseInvalid } from './reconcile/refuse-invalid.ts'
import { sameIntent } from './reconcile/same-intent.ts'
import { STEP_SECONDS } from './reconcile/timing.ts'
import type { Heartbeat } from './telemetry/heartbeat.ts'
import type { Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'

export interface ShardOptions {
  api: ApiRequests
  hold: Hold
  budget: WriteBudget
  /** Names this process. */
  identity: string
  dryRun: boolean
  clock: Clock
  sources: ReadonlyMap<string, MetricsSource>
  forecasting: Forecasting
  /** One for all shards: what it holds in memory adds up. */
  preparations: Preparations
  selectors: Pick<SelectorCache, 'selectorOf'>
  owners: Pick<OwnerCache, 'ownersIn'>
  directory: PodDirectory
  metrics: Metrics
  heartbeat: Heartbeat
  log: Log
  /** All scalers, also those of other shards. */
  allScalers: () => Iterable<StoredScaler>
  /** The scalers of this shard by uid. */
  scalers: () => ReadonlyMap<string, StoredScaler>
}

/** The loop over the scalers of one shard, with all that it writes behind the lease of that shard. */
export function createShardLoop(options: ShardOptions): ControllerLoop {
  const { hold, clock, log, scalers, directory, selectors, metrics } = options
  const gate: WriteGate = {
    budget: options.budget,
    refusal: () => refusalOf(options),
    coveredMs: () => hold.coveredUntilMs() - systemTiming.monotonicMs(),
    onWrite: (outcome) => {
      metrics.countWrite(outcome)
    },
  }
  const api = gatedRequests(options.api, gate)
  const store = createScalerStore(api)
  // What was learned is kept also while the process stops, as long as its lease covers it.
  const state = createStateConfigMaps(
    gatedRequests(options.api, { ...gate, refusal: () => uncoveredOf(options) }),
  )
  const events = createEventSink({
    ...{ api, signal: hold.signal, instance: options.identity },
    nowMs: () => clock.nowMs(),
    onFailure: (why) => {
      log.warn({ why }, 'Dropped an event')
    },
  })
  const heldBack = (): string | null => heldBackBy(options)

  const loop = new ControllerLoop({
    ...{ clock, log, scalers },
    random: () => systemTiming.random(),
    metrics: metrics.scalers,
    forget: ({ namespace, name }) => {
      directory.forget(`${namespace}/${name}`)
    },
    beat: (seconds) => {
      options.heartbeat.beat()
      metrics.observeReconcile(seconds)
    },
    refuse: (scaler, signal) => {
      const { namespace, name } = scaler.metadata
      const actuator = actuatorOfInvalid(api, scaler)
      const ports = { store, events, actuator, nowMs: clock.nowMs() }
      return refuseInvalid(
        holdingBack(ports, heldBack, sayOf(log, namespace, name)),
        scaler,
        signal,
      )
    },
    portsFor: async (scaler, inner) => {
      const { metadata, spec } = scaler
      const { namespace, name } = metadata
      const selector = await selectors.selectorOf({ ...spec.scaleTargetRef, namespace }, inner)
      const owners = await options.owners.ownersIn(namespace, inner)
      const others = [...options.allScalers()].flatMap(({ valid, scaler: other }) =>
        valid && other.metadata.namespace === namespace ? other : [],
      )
      const { maxReplicas } = limitsAt(spec, clock.nowMs(), 0, STEP_SECONDS)
      const actuator = actuatorOf(api, scaler, maxReplicas)
      const ports = {
        ...{ clock, store, events, state, preparations: options.preparations },
        ...{ sources: options.sources, forecasting: options.forecasting },
        usageNow: (resource: 'cpu' | 'memory', signal: AbortSignal) => {
          if (selector === null) return Promise.resolve(null)
          const ready = directory.readyNamesOf(`${namespace}/${name}`)
          return usageNow(options.api, { namespace, selector, ready }, resource, signal)
        },
        startUpRecord: directory.recordOf(`${namespace}/${name}`),
        loadRecord: directory.loadsOf(`${namespace}/${name}`),
        pods: directory.viewOf(`${namespace}/${name}`, namespace, selector, clock.nowMs() / 1000),
        isCurrent: (read: PredictiveScaler) => {
          const now = scalers().get(read.metadata.uid ?? '')
          return now !== undefined && sameIntent(now.scaler, read)
        },
        actuator: refusing(actuator, otherOwner(scaler, owners, others)),
      }
      return holdingBack(ports, heldBack, sayOf(log, namespace, name))
    },
  })
  return loop
}

/** Why nothing is written now, whoever asks; null while writing is allowed. */
function refusalOf(options: ShardOptions): string | null {
  return options.hold.signal.aborted ? 'this process leads no more, or stops' : uncoveredOf(options)
}

function uncoveredOf(options: ShardOptions): string | null {
  const { hold } = options
  if (systemTiming.monotonicMs() >= hold.coveredUntilMs())
    return 'the lease was not renewed in time'
  return heldBackBy(options)
}

function heldBackBy({ dryRun, hold }: ShardOptions): string | null {
  if (dryRun) return 'this is a dry run'
  return hold.writesStopped() ? 'the lease is annotated foresail.dev/stop-writes' : null
}

function sayOf(log: Log, namespace: string, name: string) {
  return (what: string, fields: object): void => {
    log.info({ namespace, name, ...fields }, `Held back a write: ${what}`)
  }
}
