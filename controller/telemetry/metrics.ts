import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

import { type ScalerMetrics, scalerMetrics } from './scaler-metrics.ts'

/** What Foresail says of itself, to be scraped. */
export interface Metrics {
  scalers: ScalerMetrics
  observeReconcile(seconds: number): void
  countWatchRestart(reason: string): void
  /** Of a write to the Kubernetes API: written, refused (nothing was sent) or failed. */
  countWrite(outcome: string): void
  setLeading(shard: number, leads: boolean): void
  /** The text that Prometheus scrapes. */
  expose(): Promise<string>
  contentType: string
}

export interface MetricsOptions {
  /** Also memory, CPU, garbage collection and event-loop lag of this process. */
  process: boolean
}

/** A registry of its own: nothing that a library puts into the global one is shown. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry })
  const reconciles = new Histogram({
    name: 'foresail_reconcile_duration_seconds',
    help: 'Time that one reconcile of one scaler took.',
    // A reconcile is one Prometheus query and a few API calls; its deadline is below a step.
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  const restarts = new Counter({
    name: 'foresail_watch_restarts_total',
    help: 'Watches of the Kubernetes API begun anew, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  })
  const writes = new Counter({
    name: 'foresail_writes_total',
    help: 'Writes to the Kubernetes API by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const leading = new Gauge({
    name: 'foresail_leading',
    help: '1 while this process leads the shard.',
    labelNames: ['shard'],
    registers: [registry],
  })
  return {
    scalers: scalerMetrics(registry),
    observeReconcile: (seconds) => {
      reconciles.observe(seconds)
    },
    countWatchRestart: (reason) => {
      restarts.inc({ reason })
    },
    countWrite: (outcome) => {
      writes.inc({ outcome })
    },
    setLeading: (shard, leads) => {
      leading.set({ shard: String(shard) }, leads ? 1 : 0)
    },
    expose: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
