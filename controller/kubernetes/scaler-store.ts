import type { PredictiveScalerStatus } from '../api/status.ts'
import type { ScalerStore, WriteAnswer } from '../reconcile/ports.ts'
import type { ApiRequests } from './connect.ts'
import { kubernetesError } from './errors.ts'
import { mergePatch, patchStatus } from './patch.ts'
import { predictiveScalers } from './resource.ts'

/** Fields that a status may lack: a merge patch removes what is not known any more only when told so. */
const OPTIONAL: (keyof PredictiveScalerStatus)[] = [
  'floor',
  'readyReplicas',
  'next',
  'leadTime',
  'model',
  'coverage',
  'lastDecision',
]

/** Status and finalizers of PredictiveScalers in the API server. */
export function createScalerStore(api: ApiRequests): ScalerStore {
  return {
    writeStatus: (key, status, signal) => {
      const gone = Object.fromEntries(OPTIONAL.map((field) => [field, null]))
      const body = { ...gone, ...status }
      return answerOf(patchStatus(api, predictiveScalers, key, body, signal), 'write the status')
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
