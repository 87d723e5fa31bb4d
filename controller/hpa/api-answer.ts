import type { Failure } from '../../forecaster/reactive/hpa/failure.ts'
import type { ApiRequest } from '../kubernetes/api-request.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'

/** What the API server said. */
export interface Answer {
  answer: unknown
}

/**
 * The answer to a question that the HPA asks too, or the refusal that it would get.
 *
 * @throws KubernetesError where nothing is learned about the HPA: no server, or no permission for us
 */
export async function apiAnswer(
  api: ApiRequests,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<Answer | Failure> {
  try {
    return { answer: await api.request(request, signal) }
  } catch (error) {
    const told = error instanceof KubernetesError && error.status !== undefined
    if (!told || error.reason === 'AccessDenied') throw error
    return { failure: error.message }
  }
}
