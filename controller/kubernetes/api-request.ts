import { type KubeConfig, RequestContext } from '@kubernetes/client-node'
import { fetch } from 'undici'

import { rejectOnAbort, withDeadline } from './deadline.ts'
import { errorOfAnswer, KubernetesError, kubernetesError } from './errors.ts'
import { networkCause } from './network-cause.ts'

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the server's address: /api/v1/pods. */
  path: string
  query?: Readonly<Record<string, string>>
  body?: unknown
  contentType?: string
  /** application/json by default. */
  accept?: string
  /** Who asks, for the audit log of the API server. */
  userAgent?: string
}

/** An answer whose body is still to come. */
export interface OpenAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: AsyncIterable<Uint8Array>
  text(): Promise<string>
}

/**
 * Sends a request with the kubeconfig's credentials and gives the answer whatever its status is. Ends
 * with the signal, also while a credential plugin hangs.
 *
 * @throws KubernetesError where there are no credentials; what the connection throws.
 */
export async function openRequest(
  kubeConfig: KubeConfig,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<OpenAnswer> {
  const { method = 'GET', path, query, body, contentType, accept } = request
  const server = kubeConfig.getCurrentCluster()?.server.replace(/\/+$/, '') ?? ''
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
  const context = new RequestContext(`${server}${path}${search}`, method)
  await Promise.race([authenticate(kubeConfig, context), rejectOnAbort(signal)])
  const dispatcher = context.getDispatcher()
  const response = await fetch(context.getUrl(), {
    method,
    headers: {
      ...context.getHeaders(),
      accept: accept ?? 'application/json',
      'user-agent': request.userAgent ?? 'foresail',
      ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(dispatcher === undefined ? {} : { dispatcher }),
    redirect: 'manual',
    signal,
  })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ?? emptyBody(),
    text: () => response.text(),
  }
}

// A token file that is gone, or a credential plugin that fails, is not the server's doing.
async function authenticate(kubeConfig: KubeConfig, context: RequestContext): Promise<void> {
  try {
    await kubeConfig.applySecurityAuthentication(context)
  } catch (error) {
    const what = `the kubeconfig gives no credentials (${networkCause(error)})`
    throw new KubernetesError('AccessDenied', `${what}; check its user`)
  }
}

/**
 * One request for JSON under a deadline that covers the body too.
 *
 * @throws KubernetesError; the signal's reason when the caller gives up.
 */
export async function requestJson(
  kubeConfig: KubeConfig,
  request: ApiRequest,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<unknown> {
  const doing = `${request.method ?? 'GET'} ${request.path}`
  try {
    return await withDeadline(signal, deadlineMs, async (inner) => {
      const answer = await openRequest(kubeConfig, request, inner)
      const text = await answer.text()
      if (answer.status < 200 || answer.status > 299) {
        throw errorOfAnswer(answer.status, answer.headers, text, doing)
      }
      return JSON.parse(text) as unknown
    })
  } catch (error) {
    if (signal.aborted) return rejectOnAbort(signal)
    throw kubernetesError(error, doing)
  }
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* emptyBody(): AsyncGenerator<Uint8Array> {
  yield* []
}
