import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const LAUNCHER = join(import.meta.dirname, 'foresail.js')
/** 2026-11-01 00:00 UTC. */
const END = 1793491200

let server: Server
let url: string
let folder: string
let respond: (asked: URLSearchParams, response: ServerResponse) => void

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foresail-history-'))
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      respond(new URLSearchParams(body), response)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

beforeEach(() => {
  respond = (asked, response) => {
    answer(response, [{ metric: {}, values: pointsOf(asked, (at) => (at / 60) % 1000) }])
  }
})

function pointsOf(asked: URLSearchParams, value: (at: number) => number | string) {
  const [start, end, step] = ['start', 'end', 'step'].map((key) => Number(asked.get(key)))
  const points: [number, string][] = []
  for (let at = start ?? NaN; at <= (end ?? NaN); at += step ?? NaN) {
    points.push([at, String(value(at))])
  }
  return points
}

function answer(response: ServerResponse, result: object[], more: object = {}): void {
  const data = { resultType: 'matrix', result }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ status: 'success', data, ...more }))
}

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [LAUNCHER, ...args], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

const asked = (...more: string[]): string[] => [
  ...['--prometheus', url, '--query', 'sum(rps)', '--end', String(END), ...more],
]

describe('history', () => {
  test('writes slot starts: a point of Prometheus is the slot before it', async () => {
    const { code, out, err } = await run('history', ...asked('--window', '3m'))
    expect([code, err]).toEqual([0, ''])
    const ends = [END - 120, END - 60, END]
    const rows = ends.map((end) => {
      const start = new Date((end - 60) * 1000).toISOString().replace('.000Z', 'Z')
      return `${start},${(end / 60) % 1000}`
    })
    expect(out).toBe(`timestamp,value\n${rows.join('\n')}\n`)
  })

  test('leaves gaps empty, and says how many and why', async () => {
    respond = (query, response) => {
      const points = pointsOf(query, (at) => (at === END - 180 ? 'NaN' : 7))
      answer(response, [{ metric: {}, values: points.filter(([at]) => at !== END - 240) }], {
        warnings: ['store b is down'],
      })
    }
    const file = join(folder, 'gaps.csv')
    const { code, err } = await run('history', ...asked('--window', '8m', '--out', file))
    expect(code).toBe(0)
    expect(err.split('\n')).toEqual([
      'warning: the source says: store b is down',
      'warning: 1 samples are NaN or infinite; they are left empty',
      'warning: 2 of 8 slots have no sample; they are left empty',
      `wrote 8 slots to ${file}`,
      '',
    ])
    const values = (await readFile(file, 'utf8')).trim().split('\n').slice(1)
    expect(values.map((row) => row.split(',')[1])).toEqual(['7', '7', '7', '', '', '7', '7', '7'])
  })

  test('two weeks are asked in pieces that Prometheus allows', async () => {
    const spans: number[] = []
    const usual = respond
    respond = (query, response) => {
      spans.push((Number(query.get('end')) - Number(query.get('start'))) / 60 + 1)
      usual(query, response)
    }
    const { out } = await run('history', ...asked('--window', '14d'))
    expect(out.trim().split('\n')).toHaveLength(14 * 1440 + 1)
    expect(spans).toEqual([10_000, 10_000, 160])
  })
})

/** What a source may answer, with the exit code and what the one line says. */
const BAD: [string, (query: URLSearchParams, response: ServerResponse) => void, number, string][] =
  [
    [
      'nothing',
      (_, response) => {
        answer(response, [])
      },
      4,
      'the answer is empty',
    ],
    [
      'several series',
      (query, response) => {
        const values = pointsOf(query, () => 1)
        answer(
          response,
          ['a', 'b'].map((pod) => ({ metric: { pod }, values })),
        )
      },
      3,
      'more than one series',
    ],
    [
      'only NaN',
      (query, response) => {
        answer(response, [{ metric: {}, values: pointsOf(query, () => 'NaN') }])
      },
      4,
      'no number in the whole window',
    ],
    [
      'strings',
      (query, response) => {
        answer(response, [{ metric: {}, values: pointsOf(query, () => 'many') }])
      },
      4,
      'not that of Prometheus',
    ],
    [
      'a login page',
      (_, response) => response.end('<html>Sign in</html>'),
      4,
      'without a login page',
    ],
    [
      'an error with 200',
      (_, response) =>
        response.end(
          JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'parse error' }),
        ),
      3,
      'parse error',
    ],
    [
      'truncated JSON',
      (_, response) => response.end('{"status":"success","data":{"resultType":"matrix","resu'),
      4,
      'not that of Prometheus',
    ],
    ['17 MB', (_, response) => response.end('x'.repeat(17 * 2 ** 20)), 3, 'larger than 16.0 MiB'],
    [
      'no permission',
      (_, response) => {
        response.statusCode = 403
        response.end()
      },
      4,
      'refuses the credentials',
    ],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
      },
      4,
      'redirect',
    ],
  ]

describe.each(BAD)('a source that answers %s', (_, how, code, says) => {
  test.each([
    ['history', []],
    ['backtest', ['--capacity', '10']],
  ])(`${code} from %s, in one line, and nothing written`, async (command, more) => {
    respond = how
    const out = join(folder, `${command}-bad.out`)
    const ran = await run(command, ...asked('--window', '10d', '--out', out, ...more))
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(says)
    expect(ran.err.trim().split('\n')).toHaveLength(1)
    await expect(readFile(out)).rejects.toThrow('ENOENT')
  })
})

test('nobody there: exit 4, with the address', async () => {
  const gone = ['--prometheus', 'http://127.0.0.1:9', '--query', 'up']
  const { code, err } = await run('history', ...gone)
  expect(code).toBe(4)
  expect(err).toContain('http://127.0.0.1:9')
})

describe('backtest --prometheus', () => {
  const policies = ['--policies', 'foresail', '--capacity', '50', '--start-up', '2m']

  test('is the backtest of the recording that history writes', async () => {
    respond = (query, response) => {
      const points = pointsOf(query, (at) => 500 + 400 * Math.sin((at / 86_400) * 2 * Math.PI))
      answer(response, [{ metric: {}, values: points }])
    }
    const stretch = asked('--window', '9d', '--step', '5m')
    const csv = join(folder, 'nine-days.csv')
    await run('history', ...stretch, '--out', csv)
    const [a, b] = [join(folder, 'a.csv'), join(folder, 'b.csv')]
    const direct = await run('backtest', ...stretch, ...policies, '--decisions', a)
    const recorded = await run('backtest', csv, ...policies, '--decisions', b)
    expect([direct.code, recorded.code]).toEqual([0, 0])
    expect(await readFile(a, 'utf8')).toBe(await readFile(b, 'utf8'))
    expect(direct.out).toContain("query 'sum(rps)'")
  })

  test.each([
    [[], 'give either a recording, or --prometheus'],
    [['x.csv', '--prometheus', 'http://p', '--query', 'up'], 'give either a recording'],
    [['--prometheus', 'http://p'], '--query is missing'],
  ])('%j is a wrong command line', async (args, says) => {
    const { code, err } = await run('backtest', ...args)
    expect([code, err.includes(says)]).toEqual([2, true])
  })

  test('a source of the controller’s own list will do', async () => {
    const file = join(folder, 'sources.yaml')
    await writeFile(file, JSON.stringify({ sources: [{ name: 'main', url }] }))
    const from = ['--sources', file, '--source', 'main', '--query', 'up', '--window', '3m']
    expect((await run('history', ...from, '--end', String(END))).code).toBe(0)
    const other = await run('history', '--sources', file, '--query', 'up')
    expect([other.code, other.err]).toEqual([
      2,
      `error: ${file}: no source "default"; there are main\n`,
    ])
  })
})
