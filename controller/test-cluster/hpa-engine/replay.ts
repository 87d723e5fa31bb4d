import { DEFAULT_SETTINGS } from '../../../forecaster/reactive/hpa/controller-settings.ts'
import type { Failure } from '../../../forecaster/reactive/hpa/failure.ts'
import type { HpaSpec, Scale } from '../../../forecaster/reactive/hpa/hpa-spec.ts'
import { EMPTY_MEMORY } from '../../../forecaster/reactive/hpa/memory.ts'
import type { MetricSpec } from '../../../forecaster/reactive/hpa/metric-spec.ts'
import type { Pod } from '../../../forecaster/reactive/hpa/pod.ts'
import { reconcile } from '../../../forecaster/reactive/hpa/reconcile.ts'
import type { Sample } from '../../../forecaster/reactive/hpa/sample.ts'
import type { SyncInput } from '../../../forecaster/reactive/hpa/sync.ts'
import { checkHpa, withoutNulls } from '../../hpa/read-manifest.ts'
import { toScale } from '../../hpa/seen.ts'
import { podSchema, toPod } from '../../hpa/seen-pod.ts'
import { scaleSchema } from '../../hpa/snapshot-schema.ts'
import { toHpaSpec } from '../../hpa/to-hpa-spec.ts'
import type { ApiObject } from './record.ts'
import { sampleIn } from './sample-in.ts'
import { type SeenSync, statusOf } from './syncs.ts'

/** A sync after which engine and controller differ. */
export interface Difference {
  name: string
  /** Counted from 1. */
  sync: number
  engine: string
  controller: string
}

/** Lives the syncs of one HPA through the engine, and compares after each. */
export function replay(name: string, syncs: readonly SeenSync[]): Difference[] {
  const differences: Difference[] = []
  let memory = EMPTY_MEMORY
  let status: SyncInput['status'] = { desiredReplicas: 0, conditions: [] }
  for (const [i, sync] of syncs.entries()) {
    const spec = specOf(sync.hpa)
    const after = reconcile({
      ...{ spec, status, memory, settings: DEFAULT_SETTINGS, writeRefusal: null },
      scale: readScale(sync.scale),
      pods: sync.pods.map(readPod),
      selectingHpas: sync.selectingHpas,
      samples: spec.metrics.map((metric) => sampleOf(metric, sync)),
      nowSeconds: sync.atMs / 1000,
    })
    memory = after.memory
    status = { desiredReplicas: after.desiredReplicas, conditions: after.conditions }
    const engine = statusOf(status)
    if (engine === sync.after) continue
    differences.push({ name, sync: i + 1, engine, controller: sync.after })
  }
  return differences
}

function specOf(hpa: ApiObject): HpaSpec {
  // Items of a list do not say what they are.
  const kind = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }
  const checked = checkHpa({ ...kind, ...withoutNulls(hpa) }, 1)
  if (checked.ok) return toHpaSpec(checked.hpa)
  throw new Error(`an HPA that the API server took: ${JSON.stringify(checked.problems)}`)
}

function readScale(scale: unknown): Scale | Failure {
  if (scale === undefined) return { failure: 'not found' }
  return toScale(scaleSchema.parse(scale))
}

function readPod(pod: ApiObject): Pod {
  return toPod(podSchema.parse(withoutNulls(pod)))
}

/** What this sync was answered for the metric. */
function sampleOf(metric: MetricSpec, { answers }: SeenSync): Sample {
  const asked = answers.find(({ question }) => question.metric === questionOf(metric))
  return asked === undefined ? { failure: 'never asked' } : sampleIn(asked.body, metric)
}

function questionOf({ type }: MetricSpec): string {
  switch (type) {
    case 'External':
      return 'queue'
    case 'Object':
      return 'hits'
    case 'Pods':
      return 'rps'
    case 'Resource':
    case 'ContainerResource':
    case 'Unknown':
      return 'podMetrics'
  }
}
