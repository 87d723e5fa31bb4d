import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'foresail-status-'))
const PATH = '/apis/foresail.dev/v1alpha1/namespaces/shop/predictivescalers/'
const objects: Record<string, { code: number; body: unknown }> = {
  ready: { code: 200, body: scaler('ready', 'True', 'Acting') },
  short: { code: 200, body: scaler('short', 'False', 'TooFewSamples') },
  forbidden: { code: 403, body: { kind: 'Status', message: 'not for you' } },
  page: { code: 200, body: '<html>log in</html>' },
}
const methods = new Set<string | undefined>()

const server = createServer((request, response) => {
  methods.add(request.method)
  const name = request.url?.startsWith(PATH) === true ? request.url.slice(PATH.length) : ''
  const { code, body } = objects[name] ?? { code: 404, body: { kind: 'Status', message: 'none' } }
  response.writeHead(code).end(typeof body === 'string' ? body : JSON.stringify(body))
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const kubeconfig = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'here' },
    clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
  }
  writeFileSync(join(folder, 'config'), JSON.stringify(kubeconfig))
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function scaler(name: string, status: string, reason: string) {
  const lastTransitionTime = '2026-11-25T08:00:00Z'
  const conditions = [{ type: 'Ready', status, reason, message: 'so it is', lastTransitionTime }]
  return {
    metadata: { namespace: 'shop', name, generation: 1 },
    spec: { scaleTargetRef: { kind: 'Deployment', name }, maxReplicas: 60 },
    status: { observedGeneration: 1, conditions },
  }
}

function status(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = [join(import.meta.dirname, 'foresail.js'), 'status', ...args]
  const env = { ...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env, cwd: folder }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

describe('foresail status', () => {
  it('prints what the object says, and only reads', async () => {
    const { code, out, err } = await status('ready', '-n', 'shop')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^PredictiveScaler shop\/ready is Ready, Acting: so it is\n/)
    expect([...methods]).toEqual(['GET'])
  })

  it('-o json is for machines, with --wait too', async () => {
    const { code, out } = await status('ready', '-n', 'shop', '--wait', '-o', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ name: 'ready', ready: true, floor: null })
  })

  it('--wait ends with 1 where it does not become Ready, and says for what it waited', async () => {
    const { code, out, err } = await status('short', '-n', 'shop', '--wait', '--timeout', '1s')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toBe(
      'waiting: TooFewSamples: so it is\n' +
        'error: PredictiveScaler shop/short is not Ready after 1 s: TooFewSamples: so it is\n',
    )
  })

  it.each([
    ['one that is not there', ['gone', '-n', 'shop'], 4, /shop\/gone does not exist; kubectl get/],
    ['one not to be read', ['forbidden', '-n', 'shop'], 4, /not for you \(HTTP 403\); allow this/],
    ['a server that is none', ['page', '-n', 'shop'], 4, /not the answer of an API server/],
    ['no such kubeconfig', ['ready', '--kubeconfig', 'none'], 4, /kubeconfig .*ENOENT/],
    ['a timeout without a wait', ['ready', '--timeout', '5s'], 2, /--timeout goes with --wait/],
    ['no duration', ['ready', '--wait', '--timeout', 'soon'], 2, /Write a duration such as 90s/],
    ['no name', [], 2, /missing required argument 'name'/],
  ])('%s is told in one line', async (_, args, code, message) => {
    const ran = await status(...args)
    expect(ran).toMatchObject({ code, out: '' })
    expect(ran.err).toMatch(message)
    expect(ran.err).toMatch(/^error: [^\n]*\n$/)
  })
})
