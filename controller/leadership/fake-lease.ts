import type { ApiRequest } from '../kubernetes/api-request.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'
import type { Timing } from '../kubernetes/timing.ts'
import type { Lease } from './lease-record.ts'

/** One Lease of an API server that takes its time and checks resource versions. For tests. */
export interface FakeLease {
  stored: Lease | null
  /** The API as one client has it: it may lose touch, or be slow, without the others. */
  client(timing: Timing, latencyMs: () => number): ApiRequests & { cutOff: boolean }
}

export function createFakeLease(): FakeLease {
  let version = 0
  const fake: FakeLease = {
    stored: null,
    client(timing, latencyMs) {
      const { signal } = new AbortController()
      const onTheWay = async (): Promise<void> => {
        await timing.sleep(latencyMs(), signal)
        if (client.cutOff) throw new KubernetesError('Unreachable', 'cut off')
      }
      const client = {
        cutOff: false,
        open: () => Promise.reject(new Error('not asked for here')),
        async request(request: ApiRequest) {
          await onTheWay()
          const answer = serve(request)
          await onTheWay()
          return answer
        },
      }
      return client
    },
  }
  function serve({ method = 'GET', body }: ApiRequest): unknown {
    if (method === 'GET') {
      if (fake.stored === null) throw new KubernetesError('NotFound', 'no lease', 404)
      return structuredClone(fake.stored)
    }
    const written = structuredClone(body) as Lease
    const expected = fake.stored?.metadata.resourceVersion
    if (written.metadata.resourceVersion !== expected) {
      throw new KubernetesError('Conflict', 'another was first', 409)
    }
    written.metadata.resourceVersion = String(++version)
    fake.stored = written
    return structuredClone(written)
  }
  return fake
}
