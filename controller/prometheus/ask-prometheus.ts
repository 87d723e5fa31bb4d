import { readFile } from 'node:fs/promises'

import type { RangeRequest } from '../reconcile/ports.ts'
import { cappedBody } from './capped-body.ts'
import { type Matrix, notPrometheus, parseFailure, parseMatrix } from './matrix-response.ts'
import { SourceFault } from './source-fault.ts'

export interface Endpoint {
  queryRange: string
  /** The address for messages: without user and password. */
  shown: string
  basicAuthorization: string | undefined
}

export interface Ask {
  endpoint: Endpoint
  fetch: typeof fetch
  maxBytes: number
  bearerTokenFile: string | undefined
  basicAuth: { username: string; passwordFile: string } | undefined
  headers: Readonly<Record<string, string>>
  serverTimeoutSeconds: number
}

/** @throws Error one line, where the url is not an http(s) address. */
export function endpointOf(url: string): Endpoint {
  const parsed = URL.parse(url)
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new Error(`Prometheus url '${url}': it must be like http://prometheus:9090`)
  }
  const { username, password } = parsed
  parsed.username = ''
  parsed.password = ''
  parsed.hash = ''
  const pair = [username, password].map(decodeURIComponent).join(':')
  const basicAuthorization =
    username === '' ? undefined : `Basic ${Buffer.from(pair).toString('base64')}`
  const shown = parsed.href.replace(/\/+$/, '')
  const base = new URL(parsed)
  base.pathname = `${parsed.pathname.replace(/\/+$/, '')}/api/v1/query_range`
  return { queryRange: base.href, shown, basicAuthorization }
}

/**
 * One request of at most MAX_POINTS points. POST, since queries outgrow a url; GET where POST is not
 * allowed, as Prometheus' own client does.
 *
 * @throws SourceFault for every answer that is not a matrix; TypeError of fetch where there is none.
 */
export async function askPrometheus(
  ask: Ask,
  request: RangeRequest,
  signal: AbortSignal,
): Promise<Matrix> {
  const parameters = new URLSearchParams({
    query: request.query,
    start: String(request.startSeconds),
    end: String(request.endSeconds),
    step: String(request.stepSeconds),
    timeout: `${ask.serverTimeoutSeconds}s`,
  })
  const { queryRange } = ask.endpoint
  const init: RequestInit = { headers: await headersOf(ask), redirect: 'manual', signal }
  let response = await ask.fetch(queryRange, { ...init, method: 'POST', body: parameters })
  if (response.status === 405 || response.status === 501) {
    await response.body?.cancel()
    const separator = queryRange.includes('?') ? '&' : '?'
    response = await ask.fetch(`${queryRange}${separator}${parameters.toString()}`, init)
  }
  return matrixOf(response.status, await cappedBody(response, ask.maxBytes))
}

function matrixOf(status: number, text: string): Matrix {
  if (status === 200) return parseMatrix(text)
  if (status >= 300 && status < 400) {
    throw new SourceFault(
      'NotPrometheus',
      `it answers with a redirect (HTTP ${status})`,
      'redirects are not followed: give the address it leads to, or the token it asks for',
    )
  }
  if (status === 401 || status === 403) {
    throw new SourceFault(
      'Unauthorized',
      `it refuses the credentials (HTTP ${status})`,
      'check the token file and what it may read',
    )
  }
  const failure = parseFailure(text)
  if (status === 429 || status >= 500) {
    if (failure?.reason === 'Timeout') throw failure
    const what = `it answers HTTP ${status}${failure === undefined ? '' : ` (${failure.what})`}`
    throw new SourceFault('ServerError', what, 'see the log of Prometheus; it is asked again')
  }
  throw (
    failure ?? notPrometheus(text, `it answers HTTP ${status}, which is not how Prometheus answers`)
  )
}

async function headersOf(ask: Ask): Promise<Record<string, string>> {
  const authorization = await authorizationOf(ask)
  return {
    ...ask.headers,
    ...{ accept: 'application/json', 'user-agent': 'foresail' },
    ...(authorization !== undefined && { authorization }),
  }
}

async function authorizationOf(ask: Ask): Promise<string | undefined> {
  const { bearerTokenFile, basicAuth, endpoint } = ask
  if (bearerTokenFile !== undefined) return `Bearer ${await secretOf(bearerTokenFile, 'token')}`
  if (basicAuth === undefined) return endpoint.basicAuthorization
  const password = await secretOf(basicAuth.passwordFile, 'password')
  return `Basic ${Buffer.from(`${basicAuth.username}:${password}`).toString('base64')}`
}

// Checked here, because fetch repeats a header value it refuses in its message, and that is the secret.
async function secretOf(file: string, what: 'token' | 'password'): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new SourceFault(
      'Unauthorized',
      `${what} file ${file}: ${code}`,
      `mount the ${what} there`,
    )
  })
  const secret = text.trim()
  if (/^[\x21-\x7e]+$/.test(secret)) return secret
  throw new SourceFault(
    'Unauthorized',
    `${what} file ${file} does not hold a ${what}`,
    'write one line without spaces into it',
  )
}
