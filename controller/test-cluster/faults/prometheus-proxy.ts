import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { close, listen, pathOf } from '../metrics-server.ts'

const HUGE_BYTES = 17 * 2 ** 20

const json = (body: unknown): ((response: ServerResponse) => void) => {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
}
const matrix = (...series: object[]) =>
  json({ status: 'success', data: { resultType: 'matrix', result: series } })

/** What stands between Foresail and Prometheus may answer, by name. */
const FAULTS = {
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Sign in</title><form method="post">')
  },
  truncated: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"val')
  },
  huge: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"status":"success","padding":"${' '.repeat(HUGE_BYTES)}"}`)
  },
  /** Never answers, and never hangs up. */
  stall: () => undefined,
  'status-error': json({ status: 'error', errorType: 'execution', error: 'out of files' }),
  empty: matrix(),
  several: matrix({ metric: { pod: 'a' }, values: [] }, { metric: { pod: 'b' }, values: [] }),
  text: matrix({ metric: {}, values: [[0, 'many']] }),
  unavailable: (response) => {
    response.writeHead(503)
    response.end()
  },
} satisfies Record<string, (response: ServerResponse) => void>

async function passOn(
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers } = request
  const asked = await text(request)
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': headers['content-type'] ?? '' },
    ...(method === 'POST' && { body: asked }),
  })
  response.writeHead(answer.status, { 'content-type': 'application/json' })
  response.end(await answer.text())
}

export type FaultName = keyof typeof FAULTS
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]

export interface PrometheusProxy {
  /** An address under which that fault is always answered. */
  faultyUrl: (fault: FaultName) => string
  /** An address under which Prometheus itself answers, until a fault is set. */
  url: string
  setFault: (fault: FaultName | undefined) => void
  stop: () => Promise<void>
}

/** In front of a real Prometheus: passes on, or answers as proxies, login pages and sick servers do. */
export async function startPrometheusProxy(prometheusUrl: string): Promise<PrometheusProxy> {
  let set: FaultName | undefined
  const server = createServer((request, response) => {
    const { pathname, search } = pathOf(request)
    const fault = FAULT_NAMES.find((name) => pathname.startsWith(`/${name}/`)) ?? set
    if (fault !== undefined) {
      FAULTS[fault](response)
      return
    }
    passOn(`${prometheusUrl}${pathname}${search}`, request, response).catch(() => {
      response.destroy()
    })
  })
  const url = `http://127.0.0.1:${await listen(server)}`
  return {
    url,
    faultyUrl: (fault) => `${url}/${fault}`,
    setFault: (fault) => {
      set = fault
    },
    stop: () => close(server),
  }
}
