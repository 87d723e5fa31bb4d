import { rejectOnAbort, withDeadline } from '../kubernetes/deadline.ts'
import { networkCause } from '../kubernetes/network-cause.ts'
import { oneLine } from '../kubernetes/one-line.ts'
import type { MetricsSource, RangeAnswer, RangeRequest } from '../reconcile/ports.ts'
import { type Ask, askPrometheus, endpointOf } from './ask-prometheus.ts'
import { joinChunks } from './join-chunks.ts'
import type { Matrix } from './matrix-response.ts'
import { type QueryChunk, queryChunks } from './query-chunks.ts'
import { SourceFault } from './source-fault.ts'
import { type TlsFiles, tlsFetch } from './tls-fetch.ts'

export interface PrometheusOptions {
  /** Where /api/v1/query_range lies: `http://prometheus:9090`, or with a path before it. */
  url: string
  fetch?: typeof fetch
  /** For one whole range, over all the requests it takes. */
  deadlineMs?: number
  /** The largest answer to one request, after decompression. */
  maxBytes?: number
  /** Read before each request, so that a renewed token is used at once. */
  bearerTokenFile?: string
  /** Read before each request too. */
  basicAuth?: { username: string; passwordFile: string }
  /** Sent with each request: the tenant of Mimir or Cortex, for example. */
  headers?: Readonly<Record<string, string>>
  tls?: TlsFiles
}

/**
 * Prometheus, or what speaks its API (Thanos, Mimir, VictoriaMetrics), as a metrics source. Nothing is
 * retried here: the next step asks again. A request whose grid holds no point is a RangeError.
 *
 * @throws Error one line, where the url cannot be used.
 */
export function createPrometheusSource(options: PrometheusOptions): MetricsSource {
  const endpoint = endpointOf(options.url)
  const deadlineMs = options.deadlineMs ?? 30_000
  const ask: Ask = {
    endpoint,
    fetch: options.fetch ?? (options.tls ? tlsFetch(options.tls) : globalThis.fetch),
    maxBytes: options.maxBytes ?? 16 * 2 ** 20,
    bearerTokenFile: options.bearerTokenFile,
    basicAuth: options.basicAuth,
    headers: options.headers ?? {},
    serverTimeoutSeconds: Math.ceil(deadlineMs / 1000),
  }

  async function askAll(
    request: RangeRequest,
    chunks: readonly QueryChunk[],
    signal: AbortSignal,
  ): Promise<RangeAnswer> {
    const matrices: Matrix[] = []
    for (const { startSeconds, endSeconds } of chunks) {
      matrices.push(await askPrometheus(ask, { ...request, startSeconds, endSeconds }, signal))
    }
    return joinChunks(request, matrices)
  }

  return {
    async range(request, signal) {
      const chunks = queryChunks(request)
      try {
        return await withDeadline(signal, deadlineMs, (inner) => askAll(request, chunks, inner))
      } catch (error) {
        if (signal.aborted) return rejectOnAbort(signal)
        const { reason, what, todo } = faultOf(error, deadlineMs)
        const where = `Prometheus ${endpoint.shown}, query '${oneLine(request.query, 200)}'`
        return { kind: 'error', reason, message: `${where}: ${what}; ${todo}` }
      }
    },
  }
}

function faultOf(error: unknown, deadlineMs: number): SourceFault {
  if (error instanceof SourceFault) return error
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new SourceFault(
      'Timeout',
      `no full answer within ${deadlineMs / 1000} s`,
      'make the query cheaper, with a recording rule for example',
    )
  }
  return new SourceFault(
    'Unreachable',
    `it cannot be reached (${networkCause(error)})`,
    'check the address, DNS, certificates and network policies',
  )
}
