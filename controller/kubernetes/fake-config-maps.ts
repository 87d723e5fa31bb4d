import type { ApiRequest } from './api-request.ts'
import type { ApiRequests } from './connect.ts'
import { KubernetesError } from './errors.ts'

export interface StoredConfigMap {
  metadata: {
    name: string
    namespace: string
    resourceVersion?: string
    labels?: Record<string, string>
    ownerReferences?: object[]
  }
  data?: Record<string, string>
}

interface Sent extends Omit<StoredConfigMap, 'data'> {
  data: Record<string, string | null>
}

/** The ConfigMaps of an API server behind the rules that matter here: create once, patch what was read. */
export function createFakeConfigMaps(): ApiRequests & {
  objects: Map<string, StoredConfigMap>
  /** Method and path of every write. */
  writes: string[]
  failing: KubernetesError | undefined
  /** Somebody writes between the next reading and what follows it. */
  races: number
} {
  const objects = new Map<string, StoredConfigMap>()
  let version = 0
  const put = (path: string, object: StoredConfigMap): StoredConfigMap => {
    version += 1
    const metadata = { ...object.metadata, resourceVersion: String(version) }
    objects.set(path, { ...object, metadata })
    return structuredClone({ ...object, metadata })
  }
  const fake = {
    objects,
    writes: new Array<string>(),
    failing: undefined as KubernetesError | undefined,
    races: 0,
    open: () => Promise.reject(new Error('not used')),
    request: (request: ApiRequest) => Promise.resolve().then(() => answer(request)),
  }

  function answer({ method = 'GET', path, body }: ApiRequest): unknown {
    if (fake.failing !== undefined) throw fake.failing
    const found = objects.get(path)
    if (method === 'GET') {
      if (found === undefined) throw new KubernetesError('NotFound', 'not found', 404)
      const seen = structuredClone(found)
      if (fake.races > 0) {
        fake.races -= 1
        put(path, found)
      }
      return seen
    }
    fake.writes.push(`${method} ${path}`)
    const sent = body as Sent
    if (method === 'POST') {
      const created = `${path}/${sent.metadata.name}`
      if (objects.has(created)) throw new KubernetesError('Conflict', 'already exists', 409)
      return put(created, { ...sent, data: textsOnly(sent.data) })
    }
    if (found === undefined) throw new KubernetesError('NotFound', 'not found', 404)
    if (sent.metadata.resourceVersion !== found.metadata.resourceVersion) {
      throw new KubernetesError('Conflict', 'has been modified', 409)
    }
    return put(path, { ...found, data: textsOnly({ ...found.data, ...sent.data }) })
  }
  return fake
}

function textsOnly(data: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([k, text]) => (text === null ? [] : [[k, text]])),
  )
}
