import { z } from 'zod'
import { type LabelSelector, labelSelectorSchema } from '../lifecycle/label-selector.ts'
import type { ApiRequests } from './connect.ts'
import { KubernetesError } from './errors.ts'
import { objectPath } from './resource.ts'

/** A workload that is scaled, in the scaler's own namespace. */
export interface ScaleTarget {
  kind: string
  namespace: string
  name: string
}

const PLURALS = new Map([
  ['Deployment', 'deployments'],
  ['StatefulSet', 'statefulsets'],
])
const workload = z.object({ spec: z.object({ selector: labelSelectorSchema }) })

/**
 * Which pods are the workload's.
 *
 * @returns null where the workload does not exist
 * @throws KubernetesError; ZodError for an answer that is no workload
 */
export async function selectorOf(
  api: ApiRequests,
  target: ScaleTarget,
  signal: AbortSignal,
): Promise<LabelSelector | null> {
  const plural = PLURALS.get(target.kind)
  if (plural === undefined) return null
  const kind = { group: 'apps', version: 'v1', plural }
  try {
    const answer = await api.request({ path: objectPath(kind, target) }, signal)
    return workload.parse(answer).spec.selector
  } catch (error) {
    if (error instanceof KubernetesError && error.reason === 'NotFound') return null
    throw error
  }
}
