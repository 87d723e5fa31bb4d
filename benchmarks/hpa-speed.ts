/**
 * How long one evaluation of the HPA takes: over a hundred pods, and without any per-pod work.
 *
 *   node benchmarks/hpa-speed.ts [EVALUATIONS]
 */
import {
  aggregateUsage,
  createAggregateMemory,
  syncAggregate,
} from '../forecaster/reactive/hpa/aggregate-sync.ts'
import { type Behavior, completeBehavior } from '../forecaster/reactive/hpa/behavior.ts'
import { DEFAULT_SETTINGS } from '../forecaster/reactive/hpa/controller-settings.ts'
import { EMPTY_MEMORY } from '../forecaster/reactive/hpa/memory.ts'
import type { MetricSpec } from '../forecaster/reactive/hpa/metric-spec.ts'
import type { Pod } from '../forecaster/reactive/hpa/pod.ts'
import { reconcile } from '../forecaster/reactive/hpa/reconcile.ts'
import type { PodUsage, Sample } from '../forecaster/reactive/hpa/sample.ts'

import { markdownTable } from './markdown-table.ts'

const PODS = 100
const SYNC_SECONDS = 15
const evaluations = Number(process.argv[2] ?? 1_000_000)
if (!(evaluations >= 1)) {
  process.stderr.write('usage: node benchmarks/hpa-speed.ts [EVALUATIONS]\n')
  process.exit(2)
}

const pods = Array.from({ length: PODS }, (_, i): Pod => {
  return {
    ...{ name: `web-7c9f5b-${i}`, phase: 'Running', deleted: false, startSeconds: -9000 },
    ready: { status: 'True', sinceSeconds: -8990 },
    containers: [{ name: 'app', requests: { cpu: 500 } }],
    ...{ initContainers: [], podRequests: null, overhead: null },
  }
})

const CPU: MetricSpec = {
  ...{ type: 'Resource', resource: 'cpu' },
  target: { type: 'Utilization', averageUtilizationPercent: 60 },
}
const QUEUE: MetricSpec = {
  ...{ type: 'External', metric: 'queue', selectorText: null },
  target: { type: 'AverageValue', averageValue: 1000 },
}

/** What every pod uses in one sync: they differ, and none is ever the same for long. */
function usageAt(sync: number): Sample {
  const at = sync * SYNC_SECONDS
  return {
    kind: 'resource',
    pods: pods.map(({ name: pod }, i): PodUsage => {
      const usage = 300 + ((sync * 7 + i * 13) % 60)
      return { pod, atSeconds: at, windowSeconds: 30, containers: [{ name: 'app', usage }] }
    }),
  }
}

/** Makes samples before the clock runs: reading them is not what is measured. */
const SAMPLES = Array.from({ length: 64 }, (_, sync) => usageAt(sync))

function wholeSync(metric: MetricSpec, sampleOf: (sync: number) => Sample): number {
  let memory = EMPTY_MEMORY
  return microseconds((sync) => {
    const after = reconcile({
      spec: {
        namespace: 'shop',
        minReplicas: 2,
        maxReplicas: 500,
        metrics: [metric],
        behavior: null,
      },
      status: { desiredReplicas: PODS, conditions: [] },
      scale: { specReplicas: PODS, statusReplicas: PODS, selector: 'app=web' },
      ...{ pods, selectingHpas: ['shop/web'], samples: [sampleOf(sync)], memory },
      ...{ settings: DEFAULT_SETTINGS, writeRefusal: null, nowSeconds: sync * SYNC_SECONDS },
    })
    memory = after.memory
    return after.desiredReplicas
  })
}

function aggregate(behavior: Behavior | null): number {
  const memory = createAggregateMemory()
  const hpa = {
    ...{ minReplicas: 2, maxReplicas: 500, behavior, settings: DEFAULT_SETTINGS },
    tolerance: { down: 0.1, up: 0.1 },
  }
  let replicas = 50
  return microseconds((sync) => {
    const demand = 1000 + 700 * Math.sin(sync / 900)
    replicas = syncAggregate(memory, hpa, aggregateUsage(demand, 17), replicas, sync * SYNC_SECONDS)
    return replicas
  })
}

function microseconds(evaluate: (sync: number) => number): number {
  for (let sync = -2000; sync < 0; sync++) evaluate(sync)
  let replicas = 0
  const start = performance.now()
  for (let sync = 0; sync < evaluations; sync++) replicas += evaluate(sync)
  const took = performance.now() - start
  if (!(replicas > 0)) throw new Error('nothing was computed')
  return (1000 * took) / evaluations
}

const rows: [string, string][] = [
  [
    `a whole sync, cpu utilization of ${PODS} pods`,
    wholeSync(CPU, (sync) => SAMPLES[sync & 63] ?? usageAt(sync)),
  ],
  [
    'a whole sync, one external metric: no per-pod work',
    wholeSync(QUEUE, (sync) => ({ kind: 'external', values: [99_000 + (sync % 2000)] })),
  ],
  ['the same on aggregate demand, as the backtest has it', aggregate(null)],
  ['the same with behavior', aggregate(completeBehavior(null, null))],
].map(([what, took]) => [String(what), `${Number(took).toFixed(2)} µs`])
process.stdout.write(
  `${evaluations} evaluations each\n\n${markdownTable(['one evaluation', 'time'], rows)}\n`,
)
