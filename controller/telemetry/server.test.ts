import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'

import { startTelemetryServer, type TelemetryServerOptions } from './server.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function started(options: Partial<TelemetryServerOptions> = {}) {
  const server = await startTelemetryServer({
    host: '127.0.0.1',
    port: 0,
    metrics: { expose: () => Promise.resolve('up 1\n'), contentType: 'text/plain; version=0.0.4' },
    healthy: () => ({ ok: true }),
    ready: () => ({ ok: true }),
    ...options,
  })
  closing.push(() => server.close())
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

async function get(url: string, method = 'GET') {
  const answer = await fetch(url, { method })
  return [answer.status, await answer.text()] as const
}

test('what is asked for is answered', async () => {
  const { url } = await started()
  expect(await get(`${url}/metrics`)).toEqual([200, 'up 1\n'])
  expect(await get(`${url}/metrics?a=b`)).toEqual([200, 'up 1\n'])
  expect(await get(`${url}/healthz`)).toEqual([200, 'ok\n'])
  expect(await get(`${url}/readyz`)).toEqual([200, 'ok\n'])
  expect(await get(`${url}/readyz`, 'HEAD')).toEqual([200, ''])
  expect((await get(`${url}/`))[0]).toBe(404)
  expect((await get(`${url}/metrics/../../etc/passwd`))[0]).toBe(404)
  expect((await get(`${url}/metrics`, 'POST'))[0]).toBe(405)
  const { headers } = await fetch(`${url}/metrics`)
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4')
})

test('health and readiness are asked anew each time, and say why not', async () => {
  let finished = false
  const { url } = await started({
    healthy: () => ({ ok: false, why: 'no reconcile finished for 181 s' }),
    ready: () => (finished ? { ok: true } : { ok: false, why: 'pods are still being listed' }),
  })
  expect(await get(`${url}/healthz`)).toEqual([503, 'no reconcile finished for 181 s\n'])
  expect(await get(`${url}/readyz`)).toEqual([503, 'pods are still being listed\n'])
  finished = true
  expect(await get(`${url}/readyz`)).toEqual([200, 'ok\n'])
})

test('a failure is answered without its words, and is not the end', async () => {
  const { url } = await started({
    metrics: { expose: () => Promise.reject(new Error('secret')), contentType: 'text/plain' },
    healthy: () => {
      throw new Error('secret')
    },
  })
  expect(await get(`${url}/metrics`)).toEqual([500, 'failed\n'])
  expect(await get(`${url}/healthz`)).toEqual([500, 'failed\n'])
  expect((await get(`${url}/readyz`))[0]).toBe(200)
})

test('a port that is taken is said in words', async () => {
  const { port } = await started()
  await expect(started({ port })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: something else listens there; choose another port`,
  )
})

test('closing lets an answer under way end, and drops idle connections at once', async () => {
  const asked = Promise.withResolvers<undefined>()
  const metrics = Promise.withResolvers<string>()
  const expose = () => {
    asked.resolve(undefined)
    return metrics.promise
  }
  const server = await started({ metrics: { expose, contentType: 'text/plain' } })
  const idle = new Agent({ keepAlive: true })
  const kept = request(`${server.url}/readyz`, { agent: idle }, (answer) => answer.resume()).end()
  await once(kept, 'close')

  const answer = get(`${server.url}/metrics`)
  await asked.promise
  const closed = server.close(60)
  metrics.resolve('late 1\n')
  expect(await answer).toEqual([200, 'late 1\n'])
  await closed
  await expect(fetch(`${server.url}/readyz`)).rejects.toThrow()
})

test('who never finishes asking does not hold up the end', async () => {
  const server = await started()
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /metrics HTTP/1.1\r\n')
  await get(`${server.url}/readyz`)
  const gone = once(socket, 'close')
  await server.close(0)
  await gone
})
