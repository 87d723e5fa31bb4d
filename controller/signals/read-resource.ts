import type { ResourceSignal } from '../api/resource-signal.ts'
import type { ScaleTargetRef } from '../api/scale-target-ref.ts'
import type { MetricsSource, UsageNow } from '../reconcile/ports.ts'
import { podQueries } from './pod-queries.ts'
import { readQuery, type StepSpan } from './read-query.ts'
import type { SignalReading } from './signal-reading.ts'

/** At so much of its limit a pod may want more than it gets: what it uses is no longer what is asked of it. */
const SATURATED_SHARE = 0.95

export interface ResourceInput {
  name: string
  resource: ResourceSignal
  /** Per cent of the request that one replica can carry; undefined where the capacity is stated itself. */
  utilizationPercent: number | undefined
  statedCapacity: number | undefined
  namespace: string
  target: ScaleTargetRef
  /** Stands in where the newest slot has no sample; left out, nothing does. */
  usageNow?: UsageNow | undefined
}

/**
 * What the Ready pods use in all, by slot. History and newest slots come from the same queries: a forecast
 * learned from one measure and fed with another would be off by their difference.
 */
export async function readResource(
  sources: ReadonlyMap<string, MetricsSource>,
  input: ResourceInput,
  span: StepSpan,
  abort: AbortSignal,
): Promise<SignalReading> {
  const { name, resource, utilizationPercent, namespace, target } = input
  const queries = podQueries(resource.name, namespace, target)
  const ask = (query: string) =>
    readQuery(sources, { source: resource.source, query }, span, name, abort)
  const usage = await ask(queries.usage)
  const limit = await ask(queries.limit)
  const ready = await ask(queries.ready)
  const request = utilizationPercent === undefined ? null : await ask(queries.request)
  const capacityPerReplica =
    request === null
      ? (input.statedCapacity ?? NaN)
      : (newest(request.values) * (utilizationPercent ?? NaN)) / 100
  const standIn = await standInOf(input, usage.values, abort)
  const saturated = usage.values.map((used, i) =>
    used / (ready.values[i] ?? NaN) >= SATURATED_SHARE * (limit.values[i] ?? NaN) ? 1 : 0,
  )
  const slots = saturated.reduce((sum, one) => sum + one, 0)
  const problems = usage.problem === null ? [] : [usage.problem]
  if (Number.isNaN(capacityPerReplica)) {
    const message = `demand "${name}": what a pod requests is not known; kube-state-metrics must give kube_pod_container_resource_requests, and the pods must request ${resource.name}`
    problems.push({ signal: name, reason: 'NoSeries', message })
  }
  if (slots > 0) {
    const message = `demand "${name}": in ${slots} of ${saturated.length} slots the pods ran at their limit; what they wanted is not known, so these slots may raise and nothing more`
    problems.push({ signal: name, reason: 'SaturatedSamples', message })
  }
  const lowerBound = saturated.map((one) => (usage.partial ? 1 : one))
  if (standIn !== null) {
    usage.values[usage.values.length - 1] = standIn
    lowerBound[lowerBound.length - 1] = 1
  }
  return { ...{ name, values: usage.values, capacityPerReplica, problems }, lowerBound }
}

/**
 * What metrics.k8s.io says of the newest slot where the queries say nothing of it. It is another measure than
 * the one that is learned from, so it may raise and nothing more.
 */
async function standInOf(
  { resource, usageNow }: ResourceInput,
  values: Float64Array,
  abort: AbortSignal,
): Promise<number | null> {
  const isKnown = !Number.isNaN(values.at(-1) ?? NaN)
  return isKnown || usageNow === undefined ? null : await usageNow(resource.name, abort)
}

/** The last value that is known; NaN where none is. What a pod requests today is what the next ones will. */
function newest(values: Float64Array): number {
  return values.findLast((value) => !Number.isNaN(value)) ?? NaN
}
