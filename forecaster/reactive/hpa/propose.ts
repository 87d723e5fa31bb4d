import type { Condition } from './conditions.ts'
import { isFailure } from './failure.ts'
import type { MetricSpec } from './metric-spec.ts'
import type { MetricFailure, Proposal, Workload } from './proposal.ts'
import { proposeForMetric } from './propose-for-metric.ts'
import type { Sample } from './sample.ts'

export interface Proposed {
  /** The largest proposal; null where the HPA dares none. */
  replicas: number | null
  /** The metric behind it, in the HPA's words. */
  metric: string
  /** One a metric, in the order of the spec. */
  perMetric: readonly (Proposal | MetricFailure)[]
  scalingActive: Condition
  /** What the sync ends with where a metric failed, also where the others were followed. */
  error: string | null
}

/**
 * What all metrics together would set: the largest proposal. A metric that fails never lets replicas
 * go down: the others count only where they do not ask for less than there is.
 *
 * @param metrics at least one
 * @param samples by metric
 */
export function propose(
  metrics: readonly MetricSpec[],
  samples: readonly Sample[],
  workload: Workload,
): Proposed {
  const perMetric = metrics.map((spec, i) =>
    proposeForMetric(spec, samples[i] ?? { failure: 'nothing was fetched' }, workload),
  )
  let replicas = 0
  let metric = ''
  for (const proposed of perMetric) {
    if (isFailure(proposed) || (replicas !== 0 && proposed.replicas <= replicas)) continue
    replicas = proposed.replicas
    metric = proposed.name
  }
  const failures = perMetric.filter(isFailure)
  const [first] = failures
  const counts = `${failures.length} invalid out of ${metrics.length}`
  const error =
    first && `invalid metrics (${counts}), first error is: ${first.what}: ${first.failure}`
  const noneLeft = failures.length === metrics.length
  if (first !== undefined && (noneLeft || replicas < workload.specReplicas)) {
    const scalingActive: Condition = {
      type: 'ScalingActive',
      status: 'False',
      reason: first.reason,
      message: `the HPA was unable to compute the replica count: ${first.failure}`,
    }
    return { replicas: null, metric: '', perMetric, scalingActive, error: error ?? null }
  }
  const scalingActive: Condition = {
    type: 'ScalingActive',
    status: 'True',
    reason: 'ValidMetricFound',
    message: `the HPA was able to successfully calculate a replica count from ${metric}`,
  }
  return { replicas, metric, perMetric, scalingActive, error: error ?? null }
}
