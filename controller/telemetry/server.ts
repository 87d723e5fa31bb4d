import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Verdict = { ok: true } | { ok: false; why: string }

export interface TelemetryServerOptions {
  host: string
  /** 0 for any free port. */
  port: number
  /** For /metrics. */
  metrics: { expose: () => Promise<string>; contentType: string }
  /**
   * For /healthz: false has the kubelet kill the pod. It must not depend on Prometheus or on the API
   * server: a restart would not bring them back.
   */
  healthy: () => Verdict
  /** For /readyz: false takes the pod out of its Service, and a roll-out waits. */
  ready: () => Verdict
}

export interface TelemetryServer {
  /** The port in use. */
  port: number
  /** Lets answers that are under way end, for at most `graceSeconds`. */
  close(graceSeconds?: number): Promise<void>
}

interface Answer {
  status: number
  body: string
  headers?: Record<string, string>
}

/**
 * Serves /metrics, /healthz and /readyz.
 *
 * @throws Error in words for people when the address cannot be listened on
 */
export async function startTelemetryServer(
  options: TelemetryServerOptions,
): Promise<TelemetryServer> {
  const server = createServer((request, response) => {
    void answer(request, options).then((found) => {
      respond(request, response, found, server.listening)
    })
  })
  // Scrapes and probes are short; who takes longer only holds a socket.
  server.headersTimeout = 5_000
  server.requestTimeout = 10_000
  server.maxConnections = 64
  await listen(server, options)
  const { port } = server.address() as AddressInfo
  return { port, close: (graceSeconds = 2) => close(server, graceSeconds) }
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: Answer,
  keepAlive: boolean,
): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // An answer under way while the server closes: the socket must not be held after it.
    ...(!keepAlive && { connection: 'close' }),
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function answer(request: IncomingMessage, options: TelemetryServerOptions): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, body: 'only GET\n', headers: { allow: 'GET, HEAD' } }
  }
  const path = (request.url ?? '').replace(/[?#].*$/s, '')
  try {
    switch (path) {
      case '/metrics': {
        const body = await options.metrics.expose()
        return { status: 200, body, headers: { 'content-type': options.metrics.contentType } }
      }
      case '/healthz':
        return judged(options.healthy())
      case '/readyz':
        return judged(options.ready())
      default:
        return { status: 404, body: 'only /metrics, /healthz and /readyz\n' }
    }
  } catch {
    // What went wrong may quote anything; whoever asks here is not authenticated.
    return { status: 500, body: 'failed\n' }
  }
}

function judged(verdict: Verdict): Answer {
  return verdict.ok ? { status: 200, body: 'ok\n' } : { status: 503, body: `${verdict.why}\n` }
}

async function listen(server: Server, { host, port }: { host: string; port: number }) {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  // Stays on: running out of file descriptors later must not end the process.
  server.on('error', (error: NodeJS.ErrnoException) => {
    const why: Record<string, string> = {
      EADDRINUSE: 'something else listens there; choose another port',
      EADDRNOTAVAIL: 'this machine does not have that address',
      ENOTFOUND: 'no such host',
      EACCES: 'not permitted; choose a port above 1023',
    }
    const text = why[error.code ?? ''] ?? error.message
    reject(new Error(`cannot listen on ${host}:${port}: ${text}`, { cause: error }))
  })
  server.listen({ host, port }, () => {
    resolve(undefined)
  })
  await promise
}

async function close(server: Server, graceSeconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  server.close(() => {
    resolve(undefined)
  })
  server.closeIdleConnections()
  const impatient = setTimeout(() => {
    server.closeAllConnections()
  }, graceSeconds * 1000)
  await promise
  clearTimeout(impatient)
}
