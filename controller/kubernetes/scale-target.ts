import { z } from 'zod'
import { type LabelSelector, labelSelectorSchema } from '../lifecycle/label-selector.ts'
import { parseSelector } from '../lifecycle/parse-selector.ts'
import type { ApiRequests } from './connect.ts'
import { discover } from './discover.ts'
import { KubernetesError } from './errors.ts'
import { objectPath } from './resource.ts'

/** A workload that is scaled, in the scaler's own namespace. */
export interface ScaleTarget {
  apiVersion: string
  kind: string
  namespace: string
  name: string
}

const workload = z.object({ spec: z.object({ selector: labelSelectorSchema }) })
const scale = z.object({
  status: z.object({ selector: z.string().default('') }).default({ selector: '' }),
})

/**
 * Which pods are the workload's.
 *
 * @returns null where the workload does not exist, or does not say
 * @throws KubernetesError; ZodError for an answer that is no workload
 */
export async function selectorOf(
  api: ApiRequests,
  target: ScaleTarget,
  signal: AbortSignal,
): Promise<LabelSelector | null> {
  try {
    const path = objectPath(await discover(api, target, signal), target)
    // Of kinds that Foresail does not know only the scale subresource is read: so little is to be allowed.
    if (target.apiVersion !== 'apps/v1') {
      const answer = scale.parse(await api.request({ path: `${path}/scale` }, signal))
      return parseSelector(answer.status.selector)
    }
    return workload.parse(await api.request({ path }, signal)).spec.selector
  } catch (error) {
    if (error instanceof KubernetesError && error.reason === 'NotFound') return null
    throw error
  }
}
