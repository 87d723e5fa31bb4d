import { type Failure, isFailure, within } from './failure.ts'
import type { Int64 } from './int64.ts'
import type { MetricSpec } from './metric-spec.ts'
import type { Proposal, Workload } from './proposal.ts'
import { externalMetric, objectMetric, type Sample } from './sample.ts'
import {
  averageValueReplicas,
  sumForAverageValue,
  sumForValue,
  usagePerReplica,
  valueReplicas,
} from './workload-metric-replicas.ts'

const NEITHER = 'neither a value target nor an average value target was set'

/** The target's type counts, and the field that it names. */
export function proposeForObject(
  { metric, selectorText, describedObject, target }: Extract<MetricSpec, { type: 'Object' }>,
  sample: Sample,
  workload: Workload,
): Proposal | Failure {
  const { kind, name } = describedObject
  const sought = target.type === 'Value' ? target.value : target.averageValue
  if (sought === undefined || target.type === 'Utilization') {
    return { failure: `invalid object metric source: ${NEITHER}` }
  }
  const object = objectMetric(sample)
  if (isFailure(object)) {
    return within(`unable to get metric ${metric} on ${kind} ${workload.namespace}/${name}`, object)
  }
  return target.type === 'Value'
    ? forValue(object.value, sought, `${kind} metric ${metric}`, workload)
    : forAverageValue(object.value, sought, externalName(metric, selectorText), workload)
}

/** An average value counts before a value, whatever the target's type says. */
export function proposeForExternal(
  { metric, selectorText, target }: Extract<MetricSpec, { type: 'External' }>,
  sample: Sample,
  workload: Workload,
): Proposal | Failure {
  const { value, averageValue } = target
  if (value === undefined && averageValue === undefined) {
    return { failure: `invalid external metric source: ${NEITHER}` }
  }
  const values = externalMetric(sample)
  if (isFailure(values)) {
    const where = `${workload.namespace}/${metric}/${selectorText ?? 'nil'}`
    return within(`unable to get external metric ${where}`, values)
  }
  const name = externalName(metric, selectorText)
  if (averageValue !== undefined) {
    return forAverageValue(sumForAverageValue(values), averageValue, name, workload)
  }
  return forValue(sumForValue(values), value ?? NaN, name, workload)
}

function forValue(
  value: Int64,
  target: Int64,
  name: string,
  { specReplicas, tolerance, pods }: Workload,
): Proposal | Failure {
  const replicas = valueReplicas(value, target, specReplicas, tolerance, pods)
  return isFailure(replicas) ? replicas : { replicas, name, current: { value } }
}

function forAverageValue(
  usage: Int64,
  target: Int64,
  name: string,
  { statusReplicas, tolerance }: Workload,
): Proposal {
  const replicas = averageValueReplicas(usage, target, statusReplicas, tolerance)
  return { replicas, name, current: { averageValue: usagePerReplica(usage, statusReplicas) } }
}

/** An object's metric per replica is called external, too. */
function externalName(metric: string, selectorText: string | null): string {
  return `external metric ${metric}(${selectorText ?? 'nil'})`
}
