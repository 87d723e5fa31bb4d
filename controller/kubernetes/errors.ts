import { ApiException } from '@kubernetes/client-node'
import { z } from 'zod'

import { networkCause } from './network-cause.ts'
import { oneLine } from './one-line.ts'

export type KubernetesErrorReason =
  | 'NotFound'
  | 'AccessDenied'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'TooManyRequests'
  /** Foresail itself held the write back: see leadership/gated-requests.ts. */
  | 'WritesHeld'
  | 'Unreachable'

/** What the API server refused, or that it did not answer, in one line. */
export class KubernetesError extends Error {
  readonly reason: KubernetesErrorReason
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined
  /** Seconds the server asked to wait. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    reason: KubernetesErrorReason,
    message: string,
    status?: number,
    retryAfterSeconds?: number,
  ) {
    super(message)
    this.name = 'KubernetesError'
    this.reason = reason
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Whatever a request threw, typed. `doing` is what was asked: "patch HorizontalPodAutoscaler shop/web". */
export function kubernetesError(error: unknown, doing: string): KubernetesError {
  if (error instanceof KubernetesError) return error
  if (error instanceof ApiException) {
    const body: unknown = error.body
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
    return errorOfAnswer(error.code, error.headers, text, doing)
  }
  if (error instanceof SyntaxError || error instanceof z.ZodError) {
    const seen = oneLine(error.message, 200)
    return new KubernetesError('Unreachable', `${doing}: not the answer of an API server (${seen})`)
  }
  const what = `the API server cannot be reached (${networkCause(error)})`
  return new KubernetesError(
    'Unreachable',
    `${doing}: ${what}; check the address and the credentials`,
  )
}

const statusSchema = z.object({
  message: z.string().optional(),
  details: z.object({ retryAfterSeconds: z.number().optional() }).optional(),
})

/** The error behind an answer whose status is not 2xx. */
export function errorOfAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
  doing: string,
): KubernetesError {
  const body = statusSchema.safeParse(parseJson(text)).data
  const reason = reasonOfStatus(status)
  const said = oneLine(body?.message ?? text, 300)
  const message = `${doing}: ${said === '' ? 'no more is said' : said} (HTTP ${status})${todo(status)}`
  const header = Number.parseInt(headers['retry-after'] ?? '', 10)
  const wait = Number.isNaN(header) ? body?.details?.retryAfterSeconds : header
  return new KubernetesError(reason, message, status, wait)
}

function reasonOfStatus(status: number): KubernetesErrorReason {
  switch (status) {
    case 401:
    case 403:
      return 'AccessDenied'
    case 404:
      return 'NotFound'
    case 409:
      return 'Conflict'
    case 410:
      return 'Gone'
    case 429:
      return 'TooManyRequests'
    case 408:
      return 'Unreachable'
    default:
      return status >= 400 && status < 500 ? 'Invalid' : 'Unreachable'
  }
}

function todo(status: number): string {
  if (status === 401) return '; renew the credentials'
  if (status === 403) return '; allow this in the role of the controller'
  return ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
