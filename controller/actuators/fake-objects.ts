import type { ApiRequest } from '../kubernetes/api-request.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'

export interface StoredObject {
  metadata: Record<string, unknown> & { resourceVersion?: string }
  spec: Record<string, unknown>
  [field: string]: unknown
}

/** Objects of an API server by path: patches are merged, resource versions are preconditions. For tests. */
export interface FakeObjects extends ApiRequests {
  objects: Map<string, StoredObject>
  /** Paths that were written, in order. */
  writes: string[]
  /** Called after each reading: somebody else may write in between. */
  afterRead: (path: string) => void
}

export function createFakeObjects(): FakeObjects {
  let version = 0
  const fake: FakeObjects = {
    objects: new Map(),
    writes: [],
    afterRead: () => undefined,
    open: () => Promise.reject(new Error('not used')),
    request: (request) => Promise.resolve(request).then(serve),
  }

  function serve({ method = 'GET', path, body, contentType = '' }: ApiRequest): unknown {
    const stored = fake.objects.get(path)
    const creates = contentType.includes('apply')
    if (stored === undefined && !creates) throw new KubernetesError('NotFound', 'not found', 404)
    if (method === 'GET') {
      const seen = structuredClone(stored)
      fake.afterRead(path)
      return seen
    }
    const sent = body as StoredObject
    const { resourceVersion } = sent.metadata
    if (resourceVersion !== undefined && resourceVersion !== stored?.metadata.resourceVersion) {
      throw new KubernetesError('Conflict', 'has been modified', 409)
    }
    fake.writes.push(path)
    const made = merged(stored ?? { metadata: {}, spec: {} }, sent) as StoredObject
    made.metadata.resourceVersion = String(++version)
    made.metadata['uid'] ??= `uid-${version}`
    fake.objects.set(path, made)
    return structuredClone(made)
  }
  return fake
}

/** JSON merge patch (RFC 7386). */
function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key)
    else result[key] = merged(result[key], value)
  }
  return result
}
