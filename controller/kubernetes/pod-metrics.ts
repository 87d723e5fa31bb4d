import { z } from 'zod'

import { parseQuantity } from '../api/quantity.ts'
import type { LabelSelector } from '../lifecycle/label-selector.ts'
import type { ApiRequests } from './connect.ts'
import { KubernetesError } from './errors.ts'
import { collectionPath } from './resource.ts'
import { selectorQuery } from './selector-query.ts'

const podMetricsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      containers: z.array(z.object({ usage: z.record(z.string(), z.string()) })),
    }),
  ),
})

const podMetrics = { group: 'metrics.k8s.io', version: 'v1beta1', plural: 'pods' }

/**
 * What the Ready pods of a workload use now, in cores or bytes, by metrics.k8s.io (metrics-server).
 *
 * @param ready names of the Ready pods
 * @returns null where that API is not there, or tells of none of them: absence is never zero
 * @throws the signal's reason when the caller gives up
 */
export async function usageNow(
  api: ApiRequests,
  workload: { namespace: string; selector: LabelSelector; ready: ReadonlySet<string> },
  resource: 'cpu' | 'memory',
  signal: AbortSignal,
): Promise<number | null> {
  const { namespace, selector, ready } = workload
  const query = { labelSelector: selectorQuery(selector) }
  try {
    const path = collectionPath(podMetrics, namespace)
    const { items } = podMetricsSchema.parse(await api.request({ path, query }, signal))
    const used = items
      .filter(({ metadata }) => ready.has(metadata.name))
      .flatMap(({ containers }) => containers)
      .map(({ usage }) => parseQuantity(usage[resource] ?? '') ?? NaN)
    const sum = used.reduce((a, b) => a + b, 0)
    return used.length === 0 || !Number.isFinite(sum) ? null : sum
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof KubernetesError || error instanceof z.ZodError) return null
    throw error
  }
}
