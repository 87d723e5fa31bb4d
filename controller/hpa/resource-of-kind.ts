import { z } from 'zod'

import { type Failure, isFailure } from '../../forecaster/reactive/hpa/failure.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import type { ResourceKind } from '../kubernetes/resource.ts'
import { apiAnswer } from './api-answer.ts'

const resourceList = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string() })),
})

/** Where objects of a kind lie in the API: asked of the server, since the kind may be anybody's. */
export async function resourceOfKind(
  api: ApiRequests,
  apiVersion: string,
  kind: string,
  signal: AbortSignal,
): Promise<ResourceKind | Failure> {
  const [group = '', version = ''] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion === '' ? 'v1' : apiVersion]
  const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const said = await apiAnswer(api, { path }, signal)
  if (isFailure(said)) return said
  const { resources } = resourceList.parse(said.answer)
  const found = resources.find((one) => one.kind === kind && !one.name.includes('/'))
  if (found !== undefined) return { group, version, plural: found.name }
  return { failure: `no matches for kind "${kind}" in version "${apiVersion}"` }
}
