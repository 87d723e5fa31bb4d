import { isFailure } from './failure.ts'
import type { MetricSpec } from './metric-spec.ts'
import type { MetricFailure, Proposal, Workload } from './proposal.ts'
import { proposeForPods, proposeForResource } from './propose-for-pods.ts'
import { proposeForExternal, proposeForObject } from './propose-for-workload.ts'
import type { Sample } from './sample.ts'

/** What one metric alone would set. */
export function proposeForMetric(
  spec: MetricSpec,
  sample: Sample,
  workload: Workload,
): Proposal | MetricFailure {
  const proposed = proposalOf(spec, sample, workload)
  return isFailure(proposed) ? { ...proposed, ...wordsFor(spec) } : proposed
}

function proposalOf(spec: MetricSpec, sample: Sample, workload: Workload) {
  switch (spec.type) {
    case 'Resource':
    case 'ContainerResource':
      return proposeForResource(spec, sample, workload)
    case 'Pods':
      return proposeForPods(spec, sample, workload)
    case 'Object':
      return proposeForObject(spec, sample, workload)
    case 'External':
      return proposeForExternal(spec, sample, workload)
    case 'Unknown':
      return { failure: `unknown metric source type ${JSON.stringify(spec.named)}` }
  }
}

function wordsFor(spec: MetricSpec): { reason: string; what: string } {
  switch (spec.type) {
    case 'Resource':
      return reasonFor('Resource', `${spec.resource} resource`)
    case 'ContainerResource':
      return reasonFor('ContainerResource', `${spec.container} container`)
    case 'Pods':
      return reasonFor('Pods', 'pods')
    case 'Object':
      return reasonFor('Object', 'object')
    case 'External':
      return reasonFor('External', `${spec.metric} external`)
    case 'Unknown':
      return { reason: 'InvalidMetricSourceType', what: 'failed to get metric value' }
  }
}

function reasonFor(type: string, metric: string) {
  return { reason: `FailedGet${type}Metric`, what: `failed to get ${metric} metric value` }
}
