import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { metricsSourceContract } from './prometheus.contract.ts'
import { createPrometheusSource } from './prometheus-source.ts'

type Series = { metric: Record<string, string>; at: (seconds: number) => string | undefined }

/** What Prometheus makes of the queries of the contract. */
function evaluate(query: string): Series[] | undefined {
  const constant = (value: string): Series[] => [{ metric: {}, at: () => value }]
  const after = /^vector\(time\(\)\) > (\d+)$/.exec(query)?.[1]
  if (after !== undefined) {
    return [{ metric: {}, at: (t) => (t > Number(after) ? String(t) : undefined) }]
  }
  const pods = [...query.matchAll(/"pod", "(\w)"/g)].map(([, pod]) => pod ?? '')
  if (pods.length > 0) return pods.map((pod) => ({ metric: { pod }, at: () => '1' }))
  switch (query) {
    case 'time()':
      return [{ metric: {}, at: String }]
    case 'vector(0) / 0':
      return constant('NaN')
    case 'vector(1) / 0':
      return constant('+Inf')
    case 'vector(-1) / 0':
      return constant('-Inf')
    case 'sum(':
      return undefined
    default:
      return []
  }
}

function answer(parameters: URLSearchParams): { status: number; body: unknown } {
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(parameters.get(name)))
  if (start === undefined || end === undefined || step === undefined) throw new Error('no grid')
  const times = Array.from(
    { length: Math.floor((end - start) / step) + 1 },
    (_, i) => start + i * step,
  )
  const series = evaluate(parameters.get('query') ?? '')
  if (series === undefined || times.length > 11_000) {
    const error = series === undefined ? 'parse error' : 'exceeded maximum resolution'
    return { status: 400, body: { status: 'error', errorType: 'bad_data', error } }
  }
  const result = series
    .map(({ metric, at }) => ({
      metric,
      values: times.map((t) => [t, at(t)]).filter(([, value]) => value !== undefined),
    }))
    .filter(({ values }) => values.length > 0)
  return { status: 200, body: { status: 'success', data: { resultType: 'matrix', result } } }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}

metricsSourceContract(async () => {
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { status, body } = answer(new URLSearchParams(text))
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    source: createPrometheusSource({ url: `http://127.0.0.1:${port}/` }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
})
