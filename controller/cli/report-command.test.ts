import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { reportOf } from './failure.ts'
import { define } from './report-command.ts'

const END = '2026-11-24T08:00:00Z'
const END_SECONDS = Date.parse(END) / 1000

let folder = ''
const closing: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresail-report-'))
})

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  rmSync(folder, { recursive: true })
})

/** A server on the loopback in place of Prometheus. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** Answers a range query with `value` where it knows the metric, from `fromSeconds` on. */
function prometheus(value: (query: string) => number | null, fromSeconds = 0): RequestListener {
  return (request, response) => {
    void text(request).then((body) => {
      const asked = new URLSearchParams(body)
      const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(asked.get(name)))
      const known = value(asked.get('query') ?? '')
      const values: [number, string][] = []
      for (let at = start ?? 0; at <= (end ?? 0); at += step ?? 60) {
        if (at >= fromSeconds) values.push([at, String(known)])
      }
      const result = known === null ? [] : [{ metric: {}, values }]
      const answer = { status: 'success', data: { resultType: 'matrix', result } }
      response.end(JSON.stringify(answer))
    })
  }
}

function body(status: number, content: string): RequestListener {
  return (_, response) => response.writeHead(status).end(content)
}

/** Runs the command as the program does; what it writes to stderr by itself is left out. */
async function report(url: string, ...others: string[]) {
  const command = new Command('report')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  define(command)
  const args = ['shop-web', '-n', 'shop', '--prometheus', url, '--end', END, ...others]
  try {
    await command.parseAsync(args, { from: 'user' })
    return { exitCode: 0, line: null }
  } catch (error) {
    return reportOf(error)
  }
}

const out = () => join(folder, 'report.txt')

describe('foresail report', () => {
  it.each(['table', 'json', 'html'])('writes a whole file as %s', async (format) => {
    const url = await serve(prometheus((query) => (query.includes('lead') ? 120 : 3)))
    expect(await report(url, '-o', format, '--out', out())).toEqual({ exitCode: 0, line: null })
    const written = readFileSync(out(), 'utf8')
    expect(written.replace(/\s+/g, ' ')).toContain(
      'What ran took as many replica-hours as the HPA alone would have, and was short in 0 minutes',
    )
    expect(readdirSync(folder)).toEqual(['report.txt'])
  })

  it('asks for the slots of the window, each when it is told', async () => {
    const asked = new Set<string>()
    const answer = prometheus(() => 3)
    const url = await serve((request, response) => {
      request.on('data', (part: Buffer) => {
        const form = new URLSearchParams(part.toString())
        const kind = /foresail_demand/.test(form.get('query') ?? '') ? 'closed' : 'standing'
        asked.add(`${kind} ${form.get('start') ?? ''} ${form.get('end') ?? ''}`)
      })
      answer(request, response)
    })
    await report(url, '--window', '2h', '--out', out())
    const first = END_SECONDS - 7200
    expect([...asked].sort()).toEqual([
      `closed ${first + 120} ${END_SECONDS + 60}`,
      `standing ${first + 60} ${END_SECONDS}`,
    ])
  })

  it.each([
    ['a login page', body(200, '<!doctype html><title>Sign in</title>'), 'not that of Prometheus'],
    ['nothing', body(200, ''), 'it is empty'],
    ['half an answer', body(200, '{"status":"success","data":{"resu'), 'not that of Prometheus'],
    ['a refusal', body(401, 'no'), 'it refuses the credentials (HTTP 401)'],
    ['a failure', body(503, 'busy'), 'it answers HTTP 503'],
    [
      'an error of its own',
      body(400, '{"status":"error","errorType":"bad_data","error":"exceeded maximum"}'),
      'bad_data: exceeded maximum',
    ],
    [
      'a hung-up connection',
      ((request) => request.socket.destroy()) satisfies RequestListener,
      'cannot be reached',
    ],
  ])('ends with one line and exit code 4 when it answers %s', async (_, listener, words) => {
    const { line, exitCode } = await report(await serve(listener), '--out', out())
    expect(exitCode).toBe(4)
    expect(line).toContain(words)
    expect(line).not.toContain('\n')
    expect(readdirSync(folder)).toEqual([])
  })

  it('says that nothing listens there', async () => {
    const url = await serve(body(200, ''))
    await closing.splice(0)[0]?.()
    const { line, exitCode } = await report(url)
    expect(exitCode).toBe(4)
    expect(line).toMatch(/^error: Prometheus http:\/\/127.0.0.1:\d+, query .*ECONNREFUSED/)
  })

  it('says which metric is missing and how to check', async () => {
    const url = await serve(prometheus((query) => (query.includes('"ready"') ? null : 3)))
    const { line, exitCode } = await report(url, '--window', '1d')
    expect(exitCode).toBe(4)
    expect(line).toMatchInlineSnapshot(
      `"error: Prometheus has no foresail_replicas{namespace="shop",name="shop-web",source="ready"} from 2026-11-23 08:00 UTC to 2026-11-24 08:00 UTC: is shop/shop-web spelt right, and is the controller scraped, with honorLabels? See what is there: count by (__name__, namespace, exported_namespace) ({__name__=~"foresail_.+"})"`,
    )
  })

  it('says how little there is', async () => {
    const url = await serve(prometheus(() => 3, END_SECONDS - 300))
    const { line, exitCode } = await report(url)
    expect(exitCode).toBe(4)
    expect(line).toMatchInlineSnapshot(
      `"error: shop/shop-web: demand and Ready pods are both known in only 6 minutes of the window, 10 are needed. Wait, or ask for a longer --window; where the controller ran longer, check that it is scraped at least every 30 s"`,
    )
  })

  it.each([
    ['--prometheus', 'prometheus:9090', 'it must be like http'],
    ['--window', '5m', '--window 300s: at least 600 s are needed'],
    ['--step', '10s', '--step 10s: whole seconds, at least 30'],
    ['--end', '2999-01-01T00:00:00Z', '--end lies in the future'],
    ['--out', '/no/such/folder/report.html', 'no directory /no/such/folder'],
  ])('refuses %s %s', async (option, value, words) => {
    const { line, exitCode } = await report('http://127.0.0.1:9', option, value)
    expect(exitCode).toBe(2)
    expect(line).toContain(words)
  })

  it.each([
    ['--namespace', 'shop"} or vector(1'],
    ['--window', 'a week'],
    ['--end', 'yesterday'],
    ['-o', 'pdf'],
    ['--prize', '3'],
  ])('lets commander refuse %s %s', async (option, value) => {
    expect((await report('http://127.0.0.1:9', option, value)).exitCode).toBe(2)
  })
})
