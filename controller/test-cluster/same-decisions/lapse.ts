import { OwnerCache } from '../../actuators/owner-cache.ts'
import { readStored, type StoredScaler } from '../../api/stored-scaler.ts'
import { connect } from '../../kubernetes/connect.ts'
import { collectionPath, predictiveScalers } from '../../kubernetes/resource.ts'
import { SelectorCache } from '../../kubernetes/selector-cache.ts'
import { PodDirectory } from '../../lifecycle/pod-directory.ts'
import { createPrometheusSource } from '../../prometheus/prometheus-source.ts'
import { FitPool } from '../../reconcile/fit-pool.ts'
import type { Forecasting } from '../../reconcile/ports.ts'
import { PreparationQueue } from '../../reconcile/preparations.ts'
import { spreadOf } from '../../reconcile/spread.ts'
import { SETTLE_SECONDS, STEP_SECONDS } from '../../reconcile/timing.ts'
import { ManualClock } from '../../sandbox/manual-clock.ts'
import { createShardLoop } from '../../shard-loop.ts'
import { createHeartbeat } from '../../telemetry/heartbeat.ts'
import { createLog } from '../../telemetry/log.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import type { Cluster } from '../cluster.ts'
import { notYet, waitFor } from '../wait.ts'

/** What one step left behind: the decision as the controller logged it, and what stands in the HPA. */
export interface LapsedStep {
  /** Absolute step of the slot that the decision is for. */
  step: number
  /** undefined where nothing was decided. */
  decided: number | undefined
  minReplicas: number
  targetPercent: number
}

export interface LapseOptions {
  namespace: string
  prometheusUrl: string
  kubeconfigPath: string
  /** The slot that is running when the controller starts. */
  firstStep: number
  steps: number
}

/** What the controller said beside its decisions, for whoever wants to know why two differ. */
export interface Lapsed {
  /** By name of the scaler; its HPA has the same. */
  steps: ReadonlyMap<string, LapsedStep[]>
  warnings: string[]
}

/**
 * The controller's own loop over all scalers of a namespace, once a step, by a clock that stands still while
 * it works: the API server, the HPAs and Prometheus are the real ones. Of the pods it sees none, so that
 * start-up is what the spec says; there is no write budget, for hours pass in a minute.
 */
export async function lapse(cluster: Cluster, options: LapseOptions): Promise<Lapsed> {
  const { namespace, firstStep } = options
  const clock = new ManualClock(inStep(firstStep))
  const stop = new AbortController()
  const { signal } = stop
  const api = connect({ kubeconfigPath: options.kubeconfigPath, userAgent: 'foresail/lapsed' })
  const pool = new FitPool(1)
  const computing = awaited(pool)
  const scalers = new Map<string, StoredScaler>()
  const decided = new Map<string, number>()
  const warnings: string[] = []
  const log = createLog({
    ...{ level: 'info', format: 'json', nowMs: () => clock.nowMs() },
    destination: {
      write: (line) => {
        const said = JSON.parse(line) as Said
        if (said.msg === 'Decided replicas') decided.set(said.name, said.replicas)
        else if (said.level === 'warn') warnings.push(line.trim())
      },
    },
  })
  const ignore = (): void => undefined
  const loop = createShardLoop({
    ...{ api, clock, log, scalers: () => scalers, allScalers: () => scalers.values() },
    hold: { signal, coveredUntilMs: () => Infinity, writesStopped: () => false },
    budget: { take: () => Promise.resolve() },
    ...{ identity: 'lapsed', dryRun: false },
    sources: new Map([['default', createPrometheusSource({ url: options.prometheusUrl })]]),
    forecasting: computing.forecasting,
    preparations: new PreparationQueue(2, spreadOf, ignore),
    selectors: new SelectorCache(api, () => clock.nowMs(), ignore),
    owners: new OwnerCache(api, () => clock.nowMs(), ignore),
    directory: new PodDirectory(() => ({ items: new Map(), stale: () => false })),
    metrics: createMetrics({ process: false }),
    heartbeat: createHeartbeat(60, () => clock.nowMs() / 1000),
  })
  cluster.defer(async () => {
    stop.abort()
    await pool.stop()
    await api.close()
  })

  /** One sync of all, after the objects as they are now: Foresail's own finalizer is on them. */
  const sync = async (): Promise<void> => {
    const path = collectionPath(predictiveScalers, namespace)
    const { items } = (await api.request({ path }, signal)) as { items: unknown[] }
    scalers.clear()
    for (const item of items) {
      const stored = readStored(item)
      scalers.set(stored.scaler.metadata.uid ?? '', stored)
    }
    await Promise.all([...scalers.keys()].map((uid) => loop.syncOne(uid, signal)))
    await computing.done()
  }
  await waitFor('all histories lived through', 60, async () => {
    await sync()
    return computing.rehearsed() >= scalers.size && scalers.size > 0
      ? true
      : notYet(`${computing.rehearsed()} of ${scalers.size}; ${warnings.at(-1) ?? 'no warning'}`)
  })
  // Taken up by the sync after the one that found them done.
  await sync()

  const steps = new Map<string, LapsedStep[]>()
  for (let step = firstStep + 1; step <= firstStep + options.steps; step++) {
    clock.set(inStep(step))
    decided.clear()
    await sync()
    for (const { scaler } of scalers.values()) {
      const { name } = scaler.metadata
      const hpa = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
        namespace,
        name,
      })
      const lived = steps.get(name) ?? []
      lived.push({
        ...{ step, decided: decided.get(name), minReplicas: hpa.spec.minReplicas ?? 1 },
        targetPercent: hpa.spec.metrics?.[0]?.resource?.target.averageUtilization ?? NaN,
      })
      steps.set(name, lived)
    }
  }
  return { steps, warnings }
}

interface Said {
  level: string
  msg: string
  name: string
  replicas: number
}

/** When a step's first sync is: its slot before has settled. */
function inStep(step: number): number {
  return (step * STEP_SECONDS + SETTLE_SECONDS) * 1000
}

/** What workers compute, waited for before the clock moves on: to the clock it takes no time. */
function awaited(inner: Forecasting) {
  const running = new Set<Promise<unknown>>()
  let rehearsed = 0
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => undefined,
      () => undefined,
    )
    running.add(settled)
    void settled.then(() => running.delete(settled))
    return work
  }
  const forecasting: Forecasting = {
    rehearse: async (job, signal) => {
      const rehearsal = await track(inner.rehearse(job, signal))
      rehearsed++
      return rehearsal
    },
    fit: (job, signal) => track(inner.fit(job, signal)),
  }
  return {
    forecasting,
    rehearsed: () => rehearsed,
    done: async () => {
      await Promise.all(running)
    },
  }
}
