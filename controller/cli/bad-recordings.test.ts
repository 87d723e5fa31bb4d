import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const LAUNCHER = fileURLToPath(new URL('foresail.js', import.meta.url))

// Every case starts a process, on machines that may have others to run.
vi.setConfig({ testTimeout: 30_000 })

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresail-bad-recordings-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function foresail(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** Nine days, a row every five minutes. */
function recorded(valueOf: (slot: number) => number | string = wave): string {
  const rows = Array.from({ length: 9 * 288 }, (_, slot) => `${slot * 300},${valueOf(slot)}`)
  return `timestamp,value\n${rows.join('\n')}\n`
}

function wave(slot: number): number {
  return Math.round(100 + 60 * Math.sin((2 * Math.PI * slot) / 288))
}

function withCell(value: string): string {
  return recorded((slot) => (slot === 500 ? value : wave(slot)))
}

type Made = string | Buffer | ((path: string) => void)

const CASES: [name: string, made: Made, exitCode: number, message: string][] = [
  ['an empty file', '', 3, 'bad.csv: the file is empty. Give a CSV of timestamp,value rows'],
  ['a header only', 'timestamp,value\n', 3, 'bad.csv: a header and no rows below it. Add'],
  ['one row', 'timestamp,value\n0,1\n', 4, 'bad.csv: a single row shows no rhythm. Add rows'],
  ['one column', recorded().replaceAll(/,.*/g, ''), 3, 'bad.csv:1: only one column. A recording'],
  ['text in a number', withCell('many'), 3, 'bad.csv:502: "many" is not a number. Correct it, or'],
  ['infinite demand', withCell('Infinity'), 3, 'bad.csv:502: demand is infinite. Correct it, or'],
  ['minus infinity', withCell('-Inf'), 3, 'bad.csv:502: demand is infinite. Correct it, or leave'],
  ['negative demand', withCell('-4'), 3, 'bad.csv:502: demand of -4 is below zero. Record total'],
  ['1e308', recorded(() => 1e308), 3, 'bad.csv:2: demand of 1e+308 is more than anything measures'],
  ['a decimal comma', withCell('"1,5"'), 3, 'bad.csv:502: "1,5" is not a number. Write 1234.5:'],
  [
    'a comma that may be either',
    recorded((slot) => `${wave(slot)},500`).replaceAll(/^(\w+),/gm, '$1;'),
    3,
    'bad.csv:2: "100,500" may be a thousand or a decimal fraction. Write decimal points',
  ],
  [
    'no timestamp',
    recorded().replace('150000,', 'soon,'),
    3,
    'bad.csv:502: "soon" is no timestamp',
  ],
  [
    'a step of 0',
    recorded().replaceAll(/^\d+,/gm, '7,'),
    3,
    'bad.csv:3: "7" stands twice, with 100',
  ],
  ['disorder', recorded().replace('150000,', '1500,'), 3, 'bad.csv:502: "1500" is earlier than a'],
  [
    'off the grid',
    recorded().replace('150000,', '150100,'),
    3,
    'bad.csv:502: the timestamp is off',
  ],
  [
    'a step of a day',
    Array.from({ length: 30 }, (_, day) => `${86_400 * day},${day % 7}`).join('\n'),
    3,
    'bad.csv: rows are 86400 s apart: too coarse to see a pod start. Record every minute',
  ],
  [
    'less than the warm-up',
    recorded().split('\n').slice(0, 1000).join('\n'),
    4,
    'bad.csv: 3.47 days recorded, 7 days needed',
  ],
  ['zeros', recorded(() => 0), 4, 'bad.csv: every value is 0: no demand was recorded. Check what'],
  ['no values', recorded(() => ''), 4, 'bad.csv: only 0 of 2016 samples of the warm-up are there'],
  ['an open quote', withCell('"1'), 3, 'bad.csv:2593: this is not readable as CSV: a quote is'],
  ['a packed file', gzipSync(recorded()), 3, 'bad.csv: this is no text. Give a CSV of timestamp'],
  ['a program', Buffer.from('7f454c46020101000000', 'hex'), 3, 'bad.csv: this is no text. Give'],
  ['JSON', '{"a": 1}', 3, "bad.csv: this JSON is no answer of Prometheus' query_range. Save"],
  [
    '2 GB',
    (path) => {
      writeFileSync(path, recorded())
      truncateSync(path, 2 ** 31)
    },
    3,
    'bad.csv: 2.1 GB is more than a recording of one workload has. Keep the newest weeks',
  ],
  ['a directory', mkdirSync, 3, 'bad.csv: this is a directory. Give one CSV file in it'],
  ['a missing file', () => undefined, 3, 'bad.csv: no such file. Check the path'],
  [
    'a file that cannot be opened',
    (path) => {
      symlinkSync(path, path)
    },
    3,
    'bad.csv: cannot be read (ELOOP)',
  ],
]

describe.each(CASES)('%s', (_, made, exitCode, message) => {
  beforeAll(() => {
    const path = join(folder, 'bad.csv')
    rmSync(path, { recursive: true, force: true })
    if (typeof made === 'function') made(path)
    else writeFileSync(path, made)
  })

  test('ends backtest with one line and nothing written', () => {
    const outputs = ['--out', 'report.txt', '--decisions', 'decisions.csv']
    const { status, stdout, stderr } = foresail('backtest', 'bad.csv', ...outputs)
    expect({ status, stdout }).toEqual({ status: exitCode, stdout: '' })
    expect(stderr).toContain(`error: ${message}`)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(readdirSync(folder).filter((name) => name !== 'bad.csv')).toEqual([])
  })
})

describe('what is odd and can be used ends well, with a remark', () => {
  test.each([
    ['zeros', recorded(() => 0), 'warning: odd.csv: every value is 0: no demand was recorded'],
    ['a constant', recorded(() => 5), 'note: odd.csv: every value is 5: nothing changes'],
    ['NaN', withCell('NaN'), 'note: odd.csv:502: "NaN" is no number. It is taken as a gap'],
    [
      'the same row twice',
      recorded().replace(/^150000,.*$/m, '$&\n$&'),
      'warning: odd.csv:503: "150000" stands twice with the same value. It is read once',
    ],
    ['a late row', recorded().replace('150000,', '150007,'), 'warning: odd.csv:502: the timestamp'],
    [
      'readings of a counter',
      recorded((slot) => slot * 7),
      'warning: odd.csv: the values only rise, but for a few falls: they look like readings of a counter. Read them with --counter',
    ],
  ])('%s', (_, made, message) => {
    writeFileSync(join(folder, 'odd.csv'), made)
    const args = ['--policies', 'static', '--capacity', '10']
    const { status, stdout, stderr } = foresail('backtest', 'odd.csv', ...args)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^VERDICT\n/)
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('and what is merely written otherwise without one', () => {
    const otherwise = `\ufeff${recorded().replaceAll(',', ';').replaceAll('\n', '\r\n')}`
    writeFileSync(join(folder, 'otherwise.csv'), otherwise)
    writeFileSync(join(folder, 'plain.csv'), recorded())
    const [one, other] = ['otherwise.csv', 'plain.csv'].map((name) => {
      const { status, stdout, stderr } = foresail('backtest', name, '--policies', 'static')
      return { status, stdout: stdout.replaceAll(/\s+/g, ' ').replaceAll(name, ''), stderr }
    })
    expect(one).toEqual(other)
    expect(one).toMatchObject({ status: 0, stderr: '' })
  })
})
