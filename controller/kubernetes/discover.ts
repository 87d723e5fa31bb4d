import { z } from 'zod'

import type { ApiRequests } from './connect.ts'
import { KubernetesError } from './errors.ts'
import type { ResourceKind } from './resource.ts'

const resourceList = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string() })),
})

const WELL_KNOWN = new Map([
  ['apps/v1/Deployment', 'deployments'],
  ['apps/v1/StatefulSet', 'statefulsets'],
  ['apps/v1/ReplicaSet', 'replicasets'],
])

/** What was found, by API: a kind does not change its plural while the API server runs. */
const found = new WeakMap<ApiRequests, Map<string, string>>()

/**
 * Where objects of a kind lie in the API: asked of the server, since the kind may be anybody's.
 *
 * @throws KubernetesError NotFound where the server does not know the kind
 */
export async function discover(
  api: ApiRequests,
  { apiVersion, kind }: { apiVersion: string; kind: string },
  signal: AbortSignal,
): Promise<ResourceKind> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  const id = `${apiVersion}/${kind}`
  const known = found.get(api) ?? new Map<string, string>(WELL_KNOWN)
  found.set(api, known)
  const plural = known.get(id) ?? (await ask(api, apiVersion, kind, signal))
  known.set(id, plural)
  return { group: group ?? '', version: version ?? '', plural }
}

async function ask(
  api: ApiRequests,
  apiVersion: string,
  kind: string,
  signal: AbortSignal,
): Promise<string> {
  const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const { resources } = resourceList.parse(await api.request({ path }, signal))
  const plural = resources.find((one) => one.kind === kind && !one.name.includes('/'))?.name
  if (plural !== undefined) return plural
  throw new KubernetesError('NotFound', `the cluster has no kind ${kind} in ${apiVersion}`, 404)
}
