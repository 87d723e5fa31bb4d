import { PatchStrategy } from '@kubernetes/client-node'
import type { ScalerStore, WriteAnswer } from '../reconcile/ports.ts'
import type { ApiRequests } from './connect.ts'
import { kubernetesError } from './errors.ts'
import { FIELD_MANAGER, mergePatch } from './patch.ts'
import { objectPath, predictiveScalers } from './resource.ts'

/** Status and finalizers of PredictiveScalers in the API server. */
export function createScalerStore(api: ApiRequests): ScalerStore {
  return {
    // The status as a whole: what is not known any more must go, at every depth.
    writeStatus: (key, status, signal) => {
      const request = {
        method: 'PATCH',
        path: `${objectPath(predictiveScalers, key)}/status`,
        query: { fieldManager: FIELD_MANAGER },
        contentType: PatchStrategy.JsonPatch,
        body: [{ op: 'add', path: '/status', value: status }],
      } as const
      return answerOf(api.request(request, signal), 'write the status')
    },
    writeFinalizers: ({ metadata }, finalizers, signal) => {
      const { name, namespace, resourceVersion } = metadata
      const patch = { metadata: { finalizers, ...(resourceVersion && { resourceVersion }) } }
      const written = mergePatch(api, predictiveScalers, { namespace, name }, patch, signal)
      return answerOf(written, 'write the finalizer')
    },
  }
}

async function answerOf(written: Promise<unknown>, what: string): Promise<WriteAnswer> {
  try {
    await written
    return { kind: 'done' }
  } catch (error) {
    const { reason, message } = kubernetesError(error, what)
    return { kind: 'error', reason, message }
  }
}
