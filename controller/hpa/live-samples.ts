import { z } from 'zod'

import { type Failure, isFailure, within } from '../../forecaster/reactive/hpa/failure.ts'
import type { Sample } from '../../forecaster/reactive/hpa/sample.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { selectorQuery } from '../kubernetes/selector-query.ts'
import type { LabelSelector } from '../lifecycle/label-selector.ts'
import { apiAnswer } from './api-answer.ts'
import type { ManifestMetric } from './metric-schema.ts'
import {
  externalMetricValueSchema,
  metricValueSchema,
  podMetricsSchema,
  toPodUsage,
} from './metric-values.ts'
import { withoutNulls } from './read-manifest.ts'
import { resourceOfKind } from './resource-of-kind.ts'

/** Whose metrics are asked for. */
export interface Workload {
  namespace: string
  /** The scale's selector, as text. */
  selector: string
}

const CUSTOM = '/apis/custom.metrics.k8s.io'
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1'
const RESOURCE = '/apis/metrics.k8s.io/v1beta1'

/** What the metrics API answers for one metric of the HPA, asked as the HPA asks. */
export async function liveSample(
  api: ApiRequests,
  metric: ManifestMetric,
  workload: Workload,
  signal: AbortSignal,
): Promise<Sample> {
  const { resource, containerResource, pods, object, external } = metric
  const name = resource?.name ?? containerResource?.name
  if (name !== undefined) return resourceSample(api, name, workload, signal)
  if (pods !== undefined) return podsSample(api, pods.metric, workload, signal)
  if (object !== undefined) return objectSample(api, object, workload, signal)
  if (external !== undefined) return externalSample(api, external.metric, workload, signal)
  return { failure: `${metric.type} is no type of metric` }
}

interface Named {
  name: string
  selector?: LabelSelector | undefined
}

async function resourceSample(
  api: ApiRequests,
  resource: string,
  { namespace, selector }: Workload,
  signal: AbortSignal,
): Promise<Sample> {
  const path = `${RESOURCE}/namespaces/${namespace}/pods`
  const query = { labelSelector: selector }
  const items = await itemsOf(api, path, query, podMetricsSchema, signal)
  if (isFailure(items)) return within('unable to fetch metrics from resource metrics API', items)
  return { kind: 'resource', pods: items.map((item) => toPodUsage(item, resource)) }
}

async function podsSample(
  api: ApiRequests,
  metric: Named,
  { namespace, selector }: Workload,
  signal: AbortSignal,
): Promise<Sample> {
  const query = { labelSelector: selector, metricLabelSelector: selectorQuery(metric.selector) }
  const below = `namespaces/${namespace}/pods/*/${metric.name}`
  const items = await customValues(api, below, query, signal)
  if (isFailure(items)) return within('unable to fetch metrics from custom metrics API', items)
  const pods = items.map(({ describedObject, value, atSeconds, windowSeconds }) => {
    return { pod: describedObject.name, value, atSeconds, windowSeconds }
  })
  return { kind: 'pods', pods }
}

async function objectSample(
  api: ApiRequests,
  { metric, describedObject }: NonNullable<ManifestMetric['object']>,
  { namespace }: Workload,
  signal: AbortSignal,
): Promise<Sample> {
  const { apiVersion = '', kind, name } = describedObject
  const found = await resourceOfKind(api, apiVersion, kind, signal)
  const query = { metricLabelSelector: selectorQuery(metric.selector) }
  const items = isFailure(found)
    ? found
    : await customValues(api, belowObject(found, namespace, name, metric.name), query, signal)
  if (isFailure(items)) return within('unable to fetch metrics from custom metrics API', items)
  const [only] = items
  if (items.length === 1 && only !== undefined) return { kind: 'object', value: only.value }
  return { failure: `the custom metrics API server returned ${items.length} results` }
}

/** Of a Namespace its metrics are asked for as such, whatever its name is said to be. */
function belowObject(
  { group, plural }: { group: string; plural: string },
  namespace: string,
  name: string,
  metric: string,
): string {
  if (group === '' && plural === 'namespaces') return `namespaces/${namespace}/metrics/${metric}`
  const resource = group === '' ? plural : `${plural}.${group}`
  return `namespaces/${namespace}/${resource}/${name}/${metric}`
}

async function externalSample(
  api: ApiRequests,
  metric: Named,
  { namespace }: Workload,
  signal: AbortSignal,
): Promise<Sample> {
  const path = `${EXTERNAL}/namespaces/${namespace}/${metric.name}`
  const query = { labelSelector: selectorQuery(metric.selector) }
  const items = await itemsOf(api, path, query, externalMetricValueSchema, signal)
  if (isFailure(items)) return within('unable to fetch metrics from external metrics API', items)
  return { kind: 'external', values: items.map(({ value }) => value) }
}

const apiGroup = z.object({ preferredVersion: z.object({ version: z.string() }) })

/** In the version that the API itself prefers, as the HPA asks. */
async function customValues(
  api: ApiRequests,
  below: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
) {
  const group = await apiAnswer(api, { path: CUSTOM }, signal)
  if (isFailure(group)) return group
  const { version } = apiGroup.parse(group.answer).preferredVersion
  return itemsOf(api, `${CUSTOM}/${version}/${below}`, query, metricValueSchema, signal)
}

async function itemsOf<Item extends z.ZodType>(
  api: ApiRequests,
  path: string,
  query: Readonly<Record<string, string>>,
  item: Item,
  signal: AbortSignal,
): Promise<z.output<Item>[] | Failure> {
  const said = await apiAnswer(api, { path, query }, signal)
  if (isFailure(said)) return said
  const list = z.object({ items: z.array(item) }).safeParse(withoutNulls(said.answer))
  if (list.success) return list.data.items
  return { failure: `not the answer of a metrics API: ${list.error.issues[0]?.message ?? ''}` }
}
