import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readRecording } from './read-recording.ts'
import type { ColumnNames } from './recording-columns.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresail-recordings-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function read(text: string | Buffer, names: ColumnNames = {}) {
  const file = join(folder, 'traffic.csv')
  writeFileSync(file, text)
  return readRecording(file, names)
}

describe('a recording', () => {
  const plain = 'timestamp,value\n60,1\n120,2\n180,3\n'
  const series = { startSeconds: 60, stepSeconds: 60, values: Float64Array.of(1, 2, 3) }

  test.each([
    ['plain', plain],
    ['without a header', '60,1\n120,2\n180,3'],
    ['with a byte order mark', `\ufeff${plain}`],
    ['with CRLF', plain.replaceAll('\n', '\r\n')],
    ['with semicolons', plain.replaceAll(',', ';')],
    ['with tabs', plain.replaceAll(',', '\t')],
    ['with spaces, quotes and blank lines', 'timestamp, value\n"60", 1\n\n120 ,"2"\n180,3\n\n'],
    ['with more columns', 'timestamp,value,host\n60,1,a\n120,2,b\n180,3,c\n'],
    ['in ISO-8601', 't,v\n1970-01-01T00:01:00Z,1\n1970-01-01 00:02,2\n1970-01-01T01:03+01:00,3'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(series)
  })

  test('columns by name', () => {
    const text = 'host,load,at\na,1,60\na,2,120\na,3,180\n'
    expect(read(text, { time: 'at', value: 'load' })).toEqual(series)
  })

  test.each([
    ['an empty value', '0,1\n60,\n120,3\n'],
    ['NaN', '0,1\n60,NaN\n120,3\n180,4\n'],
    ['a missing row', '0,1\n60,2\n180,4\n'],
    ['a short row', '0,1\n60\n120,3\n'],
  ])('%s is a gap', (_, text) => {
    expect(read(text).values.filter(Number.isNaN)).toHaveLength(1)
  })

  test('stamps with a constant fraction of a second', () => {
    const text = '1700000000.123,1\n1700000060.123,2\n1700000120.123,3\n'
    expect(read(text)).toEqual({ ...series, startSeconds: 1700000000.123 })
  })

  test('a wobble below a hundredth of a step', () => {
    expect(read('0,1\n60,2\n120.4,3\n180,4\n240,5').values).toEqual(Float64Array.of(1, 2, 3, 4, 5))
  })

  test('reads back what was written, gaps included', () => {
    const demand = fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: NaN })
    fc.assert(
      fc.property(fc.array(demand, { minLength: 2, maxLength: 50 }), (values) => {
        const rows = values.map((value, i) => `${i * 60},${Number.isNaN(value) ? '' : value}`)
        expect(read(rows.join('\n')).values).toEqual(Float64Array.from(values))
      }),
      { numRuns: 50 },
    )
  })
})

describe('refused, with file, line and what to do', () => {
  test.each([
    ['empty', '', 'traffic.csv: the file is empty'],
    ['blank lines', '\n\n', 'traffic.csv: the file is empty'],
    ['header only', 'timestamp,value\n', 'traffic.csv: a header and no rows below it'],
    ['a single row', '0,1\n', 'traffic.csv: a single row shows no rhythm'],
    ['one column', '0\n60\n', 'traffic.csv:1: only one column'],
    ['text', 't,v\n0,1\n60,two\n', 'traffic.csv:3: "two" is not a number'],
    ['text after blank lines', 't,v\n\n\n0,1\n60,two\n', 'traffic.csv:5: "two" is not a number'],
    ['negative', 't,v\n0,1\n60,-2\n', 'traffic.csv:3: demand of -2 is below zero'],
    ['infinite', 't,v\n0,1\n60,Infinity\n', 'traffic.csv:3: demand is infinite'],
    ['no stamp', 't,v\n0,1\nsoon,2\n', 'traffic.csv:3: "soon" is no timestamp'],
    ['a bad stamp in the first row', '2026-02-30,1\n2026-03-01,2\n', 'traffic.csv:1: "2026-02-30"'],
    ['twice', 't,v\n0,1\n60,2\n60,3\n', 'traffic.csv:4: "60" stands twice'],
    ['backwards', 't,v\n60,1\n0,2\n', 'traffic.csv:3: "0" is earlier than the row above'],
    ['off the grid', '0,1\n60,2\n120,3\n190,4\n', 'traffic.csv:4: the timestamp is off the grid'],
    [
      'two in a slot',
      '0,1\n100,2\n200,3\n200.5,4\n',
      'traffic.csv:4: the timestamp is off the grid',
    ],
    [
      'seconds, then milliseconds',
      '0,1\n60,2\n1700000000000,3\n',
      'traffic.csv:3: the timestamp is',
    ],
    ['a packed file', gzipSync('0,1\n60,2\n'), 'traffic.csv: this is no text'],
    ['an open quote', 't,v\n0,"1\n60,2\n', 'traffic.csv:3: this is not readable as CSV'],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  test('a column that is not there', () => {
    expect(() => read('t,v\n0,1\n', { value: 'load' })).toThrow('Name one of these: t, v')
  })

  test('a file that is not there, and a directory', () => {
    expect(() => readRecording(join(folder, 'none.csv'))).toThrow('none.csv: no such file')
    expect(() => readRecording(folder)).toThrow('this is a directory')
  })
})
