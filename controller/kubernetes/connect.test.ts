import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from 'vitest'

import { type Connection, type ConnectOptions, connect } from './connect.ts'
import { kubernetesError } from './errors.ts'
import { mergePatch, serverSideApply } from './patch.ts'
import { collectionPath, objectPath, pods, predictiveScalers } from './resource.ts'

const never = new AbortController().signal
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'foresail-'))
  cleanUps.push(() => rm(path, { recursive: true }))
  return path
}

function kubeconfig(server: string, user: object = { token: 't0' }, skip = true): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': skip } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'here',
  })
}

async function connected(
  listener: RequestListener,
  options: ConnectOptions & { user?: object } = {},
): Promise<{ connection: Connection; sockets: () => number }> {
  let sockets = 0
  const server = createServer(listener).on('connection', () => (sockets += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const kubeconfigPath = join(await folder(), 'config')
  await writeFile(kubeconfigPath, kubeconfig(`http://127.0.0.1:${port}`, options.user))
  const connection = connect({ kubeconfigPath, ...options })
  cleanUps.push(async () => {
    await connection.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { connection, sockets: () => sockets }
}

const silent: RequestListener = () => undefined
const answers =
  (body: unknown, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

describe('a connection', () => {
  it('gives every request a deadline, over the body too: raw and typed', async () => {
    const trickle: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    }
    for (const listener of [silent, trickle]) {
      const { connection } = await connected(listener, { deadlineMs: 40 })
      const raw = connection.request({ path: '/api/v1/pods' }, never)
      await expect(raw).rejects.toMatchObject({ reason: 'Unreachable' })
      const typed = connection.core.listNamespace().catch((error: unknown) => error)
      expect(kubernetesError(await typed, 'list').reason).toBe('Unreachable')
    }
  })

  it('shares its connections between requests, raw and typed', async () => {
    const { connection, sockets } = await connected(answers({ items: [], metadata: {} }))
    for (let i = 0; i < 10; i += 1) {
      await connection.request({ path: '/api/v1/pods' }, never)
      await connection.core.listNamespace()
    }
    expect(sockets()).toBeLessThan(4)
  })

  it('sends the token, and gives JSON or a typed error', async () => {
    const { connection } = await connected((request, response) => {
      const ok = request.headers.authorization === 'Bearer t0' && request.url === '/x?a=b'
      answers({ kind: 'Status', message: 'no such thing' }, ok ? 404 : 500)(request, response)
    })
    const request = connection.request({ path: '/x', query: { a: 'b' } }, never)
    await expect(request).rejects.toMatchObject({
      reason: 'NotFound',
      message: 'GET /x: no such thing (HTTP 404)',
    })
  })

  it('tells credentials that cannot be had from a server that is not there', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'false' }
    const { connection } = await connected(answers({}), { user: { exec } })
    const request = connection.request({ path: '/x' }, never)
    await expect(request).rejects.toMatchObject({ reason: 'AccessDenied' })
  })

  it('does not wait for a credential plugin that hangs', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'sleep', args: ['1'] }
    const { connection } = await connected(answers({}), { user: { exec }, deadlineMs: 30 })
    const request = connection.request({ path: '/x' }, never)
    await expect(request).rejects.toMatchObject({ reason: 'Unreachable' })
  })

  it('ends with the caller, by his reason', async () => {
    const { connection } = await connected(silent)
    const caller = new AbortController()
    const request = connection.request({ path: '/x' }, caller.signal)
    caller.abort(new Error('shutting down'))
    await expect(request).rejects.toThrow('shutting down')
  })

  it('patches with the right type, manager and place', async () => {
    const seen: unknown[] = []
    const { connection } = await connected((request, response) => {
      request.on('data', (body: Buffer) => {
        const type = request.headers['content-type']
        seen.push([request.method, request.url, type, JSON.parse(String(body))])
        answers({})(request, response)
      })
    })
    const name = { namespace: 'shop', name: 'web' }
    const status = { status: { floor: 3 } }
    const options = { subresource: 'status' } as const
    await mergePatch(connection, predictiveScalers, name, status, never, options)
    await serverSideApply(connection, pods, name, { spec: {} }, never, { force: true })
    await mergePatch(connection, pods, name, { a: null }, never, { fieldManager: 'me' })
    const scaler = '/apis/foresail.dev/v1alpha1/namespaces/shop/predictivescalers/web'
    const pod = '/api/v1/namespaces/shop/pods/web'
    const merge = 'application/merge-patch+json'
    expect(seen).toEqual([
      ['PATCH', `${scaler}/status?fieldManager=foresail`, merge, { status: { floor: 3 } }],
      [
        'PATCH',
        `${pod}?fieldManager=foresail&force=true`,
        'application/apply-patch+yaml',
        { spec: {} },
      ],
      ['PATCH', `${pod}?fieldManager=me`, merge, { a: null }],
    ])
  })
})

describe('connect refuses', () => {
  it.each([
    ['a file that is not there', undefined, {}, /^kubeconfig .*ENOENT.*--kubeconfig$/],
    ['what holds no context', '[]', {}, /^kubeconfig .* no context; give another/],
    ['what is no YAML', '{', {}, /^kubeconfig .*cannot be read.*--kubeconfig$/],
    ['a context that is not in it', kubeconfig('http://x'), { context: 'there' }, /'there'.*here$/],
    ['http that is not meant', kubeconfig('http://x', {}, false), {}, /insecure-skip-tls-verify/],
  ])('%s, in one line', async (_name, text, options, message) => {
    const kubeconfigPath = join(await folder(), 'config')
    if (text !== undefined) await writeFile(kubeconfigPath, text)
    expect(() => connect({ kubeconfigPath, ...options })).toThrow(message)
  })
})

describe('paths', () => {
  it('keep to their segment, whatever a name holds', () => {
    expect(collectionPath(pods)).toBe('/api/v1/pods')
    expect(collectionPath(predictiveScalers, 'shop')).toBe(
      '/apis/foresail.dev/v1alpha1/namespaces/shop/predictivescalers',
    )
    expect(objectPath(pods, { namespace: 'a', name: '../b?c' })).toBe(
      '/api/v1/namespaces/a/pods/..%2Fb%3Fc',
    )
  })
})
