import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterEach, describe, expect, it } from 'vitest'

import { createPrometheusSource, type PrometheusOptions } from './prometheus-source.ts'

const request = { query: 'sum(x)', startSeconds: 600, endSeconds: 780, stepSeconds: 60 }
const never = new AbortController().signal
const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(listener: RequestListener, options: Partial<PrometheusOptions> = {}) {
  const url = await serve(listener)
  return createPrometheusSource({ url, ...options }).range(request, never)
}

const text =
  (body: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body)
  }

const json = (body: unknown, status = 200) => text(JSON.stringify(body), status)

const matrix = (values: unknown, more: object = {}) =>
  json({
    status: 'success',
    data: { resultType: 'matrix', result: [{ metric: { a: 'b' }, values }] },
    ...more,
  })

const breaks: RequestListener = (_, response) => {
  response.socket?.destroy()
}

const failure = (errorType: string, error: string, status: number) =>
  json({ status: 'error', errorType, error }, status)

describe('values', () => {
  it('lie on the asked grid, NaN where there is none, with warnings kept', async () => {
    const points = [
      [600, '1.5'],
      [660, 'NaN'],
      [780, '2e3'],
    ]
    expect(await ask(matrix(points, { warnings: ['partial'] }))).toEqual({
      kind: 'values',
      values: Float64Array.of(1.5, NaN, NaN, 2000),
      notFinite: 1,
      warnings: ['partial'],
    })
  })

  it('are asked by GET where POST is not allowed', async () => {
    const methods: string[] = []
    const answer = await ask((incoming, response) => {
      methods.push(incoming.method ?? '')
      if (incoming.method === 'POST') response.writeHead(405).end('no')
      else {
        expect(incoming.url).toContain('query=sum%28x%29&start=600&end=780&step=60')
        matrix([[600, '1']])(incoming, response)
      }
    })
    expect([methods, answer.kind]).toEqual([['POST', 'GET'], 'values'])
  })

  it('carry the token of the file as it is now, or the password of the url', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'foresail-'))
    cleanUps.push(() => rm(folder, { recursive: true }))
    const bearerTokenFile = join(folder, 'token')
    const seen: (string | undefined)[] = []
    const listener = (incoming: IncomingMessage, response: never) => {
      seen.push(incoming.headers.authorization)
      matrix([[600, '1']])(incoming, response)
    }
    const url = await serve(listener as RequestListener)
    const source = createPrometheusSource({ url, bearerTokenFile })
    for (const token of ['one', 'two\n']) {
      await writeFile(bearerTokenFile, token)
      await source.range(request, never)
    }
    const withPassword = url.replace('//', '//me:p%40ss@')
    await createPrometheusSource({ url: withPassword }).range(request, never)
    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    expect(seen).toEqual(['Bearer one', 'Bearer two', basic])
  })
})

describe('errors', () => {
  it.each([
    ['bad_data', failure('bad_data', 'parse error', 400), 'BadQuery'],
    ['200 with bad_data', failure('bad_data', 'parse error', 200), 'BadQuery'],
    ['200 with internal', failure('internal', 'oops', 200), 'ServerError'],
    ['422 execution', failure('execution', 'many-to-many', 422), 'BadQuery'],
    ['422 of a store', failure('execution', 'rpc error: code = Unavailable', 422), 'ServerError'],
    ['503 timeout', failure('timeout', 'query timed out', 503), 'Timeout'],
    ['500 html', text('<html>', 500), 'ServerError'],
    ['429', text('slow down', 429), 'ServerError'],
    ['401', text('', 401), 'Unauthorized'],
    ['403', text('', 403), 'Unauthorized'],
    ['404', text('404 page not found', 404), 'NotPrometheus'],
    ['redirect', text('', 302, { location: 'http://127.0.0.1:1/login' }), 'NotPrometheus'],
    ['login page', text('<!doctype html><title>Sign in</title>'), 'NotPrometheus'],
    ['empty body', text(''), 'NotPrometheus'],
    ['cut json', text('{"status":"success","data":{"resultTy'), 'NotPrometheus'],
    ['a string', json('ok'), 'NotPrometheus'],
    [
      'a vector',
      json({ status: 'success', data: { resultType: 'vector', result: [] } }),
      'NotPrometheus',
    ],
    ['a number as value', matrix([[600, 1]]), 'NotPrometheus'],
    ['an empty value', matrix([[600, '']]), 'NotPrometheus'],
    ['a word as value', matrix([[600, 'none']]), 'NotPrometheus'],
    ['a time as text', matrix([['600', '1']]), 'NotPrometheus'],
    ['off the grid', matrix([[630, '1']]), 'NotPrometheus'],
    ['before the start', matrix([[540, '1']]), 'NotPrometheus'],
    ['after the end', matrix([[840, '1']]), 'NotPrometheus'],
    ['broken connection', breaks, 'Unreachable'],
  ] as const)('%s is %3$s', async (_name, listener, reason) => {
    const answer = await ask(listener)
    expect(answer).toMatchObject({ kind: 'error', reason })
    expect(answer.kind === 'error' && answer.message).toMatch(
      /^Prometheus http:\/\/127\.0\.0\.1:\d+, query 'sum\(x\)': .+; .+$/,
    )
  })

  it('native histograms are a matter of the query', async () => {
    const result = [{ metric: {}, histograms: [[600, {}]] }]
    const answer = await ask(json({ status: 'success', data: { resultType: 'matrix', result } }))
    expect(answer).toMatchObject({ kind: 'error', reason: 'BadQuery' })
  })

  it.each(['http://127.0.0.1:29', 'http://does-not-exist.invalid', 'https://127.0.0.1:29'])(
    '%s is unreachable, by its cause',
    async (url) => {
      const answer = await createPrometheusSource({ url }).range(request, never)
      expect(answer).toMatchObject({ kind: 'error', reason: 'Unreachable' })
      expect(answer.kind === 'error' && answer.message).toMatch(/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/)
    },
  )

  it.each([
    ['never answers', () => undefined],
    [
      'trickles',
      (_, response) => {
        const timer = setInterval(() => response.write(' '), 10)
        response.on('close', () => {
          clearInterval(timer)
        })
      },
    ],
  ] as [string, RequestListener][])('a server that %s is a timeout', async (_name, listener) => {
    const answer = await ask(listener, { deadlineMs: 60 })
    expect(answer).toMatchObject({ kind: 'error', reason: 'Timeout' })
  })

  it('an answer is refused while it streams, also when it is small only on the wire', async () => {
    const body = gzipSync(Buffer.alloc(4 * 2 ** 20, 32))
    const listener = ((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(body)
    }) as RequestListener
    const answer = await ask(listener, { maxBytes: 2 ** 20 })
    expect(answer).toMatchObject({ kind: 'error', reason: 'TooLarge' })
  })

  it('a token that cannot be used is not shown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'foresail-'))
    cleanUps.push(() => rm(folder, { recursive: true }))
    const bearerTokenFile = join(folder, 'token')
    const missing = await ask(matrix([]), { bearerTokenFile })
    await writeFile(bearerTokenFile, 'secret words')
    const unusable = await ask(matrix([]), { bearerTokenFile })
    expect(missing).toMatchObject({ reason: 'Unauthorized' })
    expect(unusable).toMatchObject({ reason: 'Unauthorized' })
    expect(JSON.stringify([missing, unusable])).not.toContain('secret')
  })

  it('the password of the url is not shown', async () => {
    const url = (await serve(text('', 500))).replace('//', '//me:hidden@')
    const answer = await createPrometheusSource({ url }).range(request, never)
    expect(JSON.stringify(answer)).not.toMatch(/hidden|me:/)
  })

  it.each(['prometheus:9090', 'ftp://x', ''])("refuses the url '%s' at once", (url) => {
    expect(() => createPrometheusSource({ url })).toThrow(/it must be like http/)
  })
})

it('one of two chunks has other labels: several', async () => {
  let calls = 0
  const url = await serve((incoming, response) => {
    calls += 1
    const result = [{ metric: { pod: `p${calls}` }, values: [] }]
    json({ status: 'success', data: { resultType: 'matrix', result } })(incoming, response)
  })
  const long = { ...request, endSeconds: request.startSeconds + 60 * 12_000 }
  expect(await createPrometheusSource({ url }).range(long, never)).toEqual({
    kind: 'several',
    series: ['{pod="p1"}', '{pod="p2"}'],
  })
})

describe('what speaks the same API', () => {
  const result = [{ metric: {}, values: [[60, '7']] }]
  const success = { status: 'success', data: { resultType: 'matrix', result } }

  it.each([
    ['Prometheus 3', { ...success, infos: ['metric might not be a counter'] }, 0],
    ['Thanos with a store that is down', { ...success, warnings: ['no store matched'] }, 1],
    ['Mimir', { ...success, data: { ...success.data, stats: { samples: {} } } }, 0],
    ['VictoriaMetrics', { ...success, isPartial: false, stats: { seriesFetched: '1' } }, 0],
    ['VictoriaMetrics without a storage node', { ...success, isPartial: true }, 1],
  ])('%s is understood', async (_, body, warnings) => {
    const source = createPrometheusSource({
      url: 'http://any.example/prometheus',
      fetch: () => Promise.resolve(new Response(JSON.stringify(body))),
    })
    const request = { query: 'up', startSeconds: 60, endSeconds: 60, stepSeconds: 60 }
    const answer = await source.range(request, new AbortController().signal)
    expect(answer).toMatchObject({ kind: 'values', notFinite: 0 })
    expect(answer.kind === 'values' && [...answer.values]).toEqual([7])
    expect(answer.kind === 'values' && answer.warnings).toHaveLength(warnings)
  })
})
