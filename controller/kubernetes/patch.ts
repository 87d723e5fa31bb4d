import { PatchStrategy } from '@kubernetes/client-node'

import type { ApiRequests } from './connect.ts'
import { objectPath, type ResourceKind, type ResourceName } from './resource.ts'

/** Who Foresail is in managedFields. */
export const FIELD_MANAGER = 'foresail'

export type JsonObject = Readonly<Record<string, unknown>>

/**
 * JSON merge patch: null removes a field, a list is replaced as a whole. Give metadata.resourceVersion
 * where the patch must not meet another object than was read.
 *
 * @throws KubernetesError; the signal's reason when the caller gives up.
 */
export function mergePatch(
  api: ApiRequests,
  kind: ResourceKind,
  name: ResourceName,
  patch: JsonObject,
  signal: AbortSignal,
  options: { subresource?: 'status' | 'scale'; fieldManager?: string } = {},
): Promise<unknown> {
  const { subresource, fieldManager = FIELD_MANAGER } = options
  const path = objectPath(kind, name)
  return api.request(
    {
      method: 'PATCH',
      path: subresource === undefined ? path : `${path}/${subresource}`,
      query: { fieldManager },
      contentType: PatchStrategy.MergePatch,
      body: patch,
    },
    signal,
  )
}

/**
 * Server-side apply as FIELD_MANAGER. The body must hold every field Foresail owns on the object: one
 * that was applied before and is left out is removed. `force` takes fields from other managers.
 *
 * @throws KubernetesError; the signal's reason when the caller gives up.
 */
export function serverSideApply(
  api: ApiRequests,
  kind: ResourceKind,
  name: ResourceName,
  body: JsonObject,
  signal: AbortSignal,
  { force = false, fieldManager = FIELD_MANAGER }: { force?: boolean; fieldManager?: string } = {},
): Promise<unknown> {
  return api.request(
    {
      method: 'PATCH',
      path: objectPath(kind, name),
      query: { fieldManager, force: String(force) },
      contentType: PatchStrategy.ServerSideApply,
      body,
    },
    signal,
  )
}
