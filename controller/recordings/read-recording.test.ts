import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type ReadOptions, readRecording } from './read-recording.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresail-recordings-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function recordingOf(text: string | Buffer, options: ReadOptions = {}) {
  const file = join(folder, 'traffic.csv')
  writeFileSync(file, text)
  const { series, remarks } = readRecording(file, options)
  return { series, remarks: remarks.map((remark) => remark.replace(`${folder}/`, '')) }
}

function read(text: string | Buffer, options: ReadOptions = {}) {
  return recordingOf(text, options).series
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
    ['with a comma in a name', 't;"load, total"\n60;1\n120;2\n180;3\n'],
    ['with empty rows of a spreadsheet', `${plain},\n,\n`],
    ['with the delimiter told', `sep=;\n${plain.replaceAll(',', ';')}`],
    ['in UTF-16', Buffer.from(`\ufeff${plain.replaceAll(',', '\t')}`, 'utf16le')],
    ['columns in another order', 'value,timestamp\n1,60\n2,120\n3,180\n'],
    ['columns named otherwise', 'host,at,load\na,60,1\na,120,2\na,180,3\n', 'at'],
    ['an index before', ',timestamp,value\n0,60,1\n1,120,2\n2,180,3\n'],
    ['with more columns', 'timestamp,value,host\n60,1,a\n120,2,b\n180,3,c\n'],
    ['in ISO-8601', 't,v\n1970-01-01T00:01:00Z,1\n1970-01-01 00:02,2\n1970-01-01T01:03+01:00,3'],
  ])('%s', (_, text, time?: string) => {
    expect(read(text, { time })).toEqual(series)
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
    ['null', '0,1\n60,null\n120,3\n'],
    ['undefined', '0;1\n60;undefined\n120;3\n'],
  ])('%s is a gap', (_, text) => {
    expect(read(text).values.filter(Number.isNaN)).toHaveLength(1)
  })

  test('stamps in milliseconds', () => {
    const text = '1700000000000,1\n1700000060000,2\n1700000120000,3\n'
    expect(read(text)).toEqual({ ...series, startSeconds: 1700000000 })
  })

  test('stamps with a constant fraction of a second', () => {
    const text = '1700000000.123,1\n1700000060.123,2\n1700000120.123,3\n'
    expect(read(text)).toEqual({ ...series, startSeconds: 1700000000.123 })
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

describe('remarks on what was put right or taken for granted', () => {
  test.each([
    ['plain', '0,1\n60,2\n', []],
    [
      'no zone',
      '2026-01-01,1\n2026-01-02,2\n',
      ['note: traffic.csv: timestamps name no zone. They are taken as UTC'],
    ],
    [
      'NaN',
      '0,1\n60,NaN\n120,NaN\n180,4\n',
      ['note: traffic.csv:2: "NaN" is no number (2 such lines: 2, 3). It is taken as a gap'],
    ],
    [
      'the same row twice',
      '0,1\n60,2\n60,2\n60,2\n120,3\n',
      [
        'warning: traffic.csv:3: "60" stands twice with the same value (2 such lines: 3, 4). It is read once',
      ],
    ],
    [
      'jitter',
      '0,1\n60,2\n121,3\n180,4\n242.5,5\n300,6',
      [
        'warning: traffic.csv:3: the timestamp lies beside a grid of 60 s, as far as 2.5 s (2 such lines: 3, 5). It is moved onto it',
      ],
    ],
    [
      'many rows',
      `0,1\n${'60,2\n'.repeat(12)}120,3\n`,
      [expect.stringContaining('(11 such lines: 3, 4, 5, 6 and 7 more)')],
    ],
    [
      'a constant',
      '0,5\n60,5\n120,\n',
      ['note: traffic.csv: every value is 5: nothing changes. There is nothing to predict'],
    ],
    [
      'zeros',
      '0,0\n60,0\n',
      ['warning: traffic.csv: every value is 0: no demand was recorded. Check what was asked for'],
    ],
    [
      'a counter',
      Array.from({ length: 120 }, (_, i) => `${60 * i},${7 * (i % 100)}`).join('\n'),
      [
        'warning: traffic.csv: the values only rise, but for a few falls: they look like readings of a counter. Read them with --counter',
      ],
    ],
  ])('%s', (_, text, remarks) => {
    expect(recordingOf(text).remarks).toEqual(remarks)
  })

  test('of several, warnings first', () => {
    const { remarks } = recordingOf('2026-01-01,0\n2026-01-02,\n2026-01-02,\n2026-01-03,nan\n')
    expect(remarks.map((remark) => remark.split(':')[0])).toEqual([
      'warning',
      'warning',
      'note',
      'note',
    ])
  })
})

test('stamps with jitter stand in the slots that they are near', () => {
  expect(read('0,1\n60,2\n121,3\n178,4\n300,6')).toEqual({
    startSeconds: 0,
    stepSeconds: 60,
    values: Float64Array.of(1, 2, 3, 4, NaN, 6),
  })
})

describe('decimal commas', () => {
  test.each([
    ['between semicolons', '0;1,5\n60;2\n120;-0,0\n', [1.5, 2, -0]],
    ['between tabs', '0\t12,25\n60\t1,5\n', [12.25, 1.5]],
    ['beside one like a thousand', '0;1,234\n60;0,5\n', [1.234, 0.5]],
    ['of four digits before it', '0;1234,567\n60;1,000\n', [1234.567, 1]],
  ])('%s', (_, text, values) => {
    expect(read(text).values).toEqual(Float64Array.from(values))
  })

  test.each([
    ['like thousands', '0;1,234\n60;2,345\n', ':1: "1,234" may be a thousand or a decimal'],
    ['and points', '0;1,5\n60;2.5\n', ':1: "1,5" has a comma, "2.5" a point'],
    ['and thousands', '0;1,721,992.283\n60;1\n', ':1: "1,721,992.283" is not a number. Write 12'],
    ['in quotes between commas', '0,"1,5"\n60,2\n', ':1: "1,5" is not a number. Write 1234.5:'],
  ])('not %s', (_, text, message) => {
    expect(() => read(text)).toThrow(`traffic.csv${message}`)
  })
})

describe('readings of a counter', () => {
  const counter = { isCounter: true }

  test('become rates in the slots that they close; the first has none', () => {
    expect(read('t,v\n600,60\n660,180\n720,180\n', counter)).toEqual({
      startSeconds: 540,
      stepSeconds: 60,
      values: Float64Array.of(NaN, 2, 0),
    })
  })

  test('that begin again are said to', () => {
    const { series, remarks } = recordingOf('0,600\n60,660\n120,30\n180,90\n240,0\n', counter)
    expect(series.values).toEqual(Float64Array.of(NaN, 1, 0.5, 1, 0))
    expect(remarks.slice(1)).toEqual([
      'note: traffic.csv:3: the counter began again (2 such lines: 3, 5). What it shows was counted since',
    ])
  })

  test('that fall all the time are none', () => {
    expect(recordingOf('0,9\n60,8\n120,9\n180,3\n240,5\n', counter).remarks[0]).toBe(
      'warning: traffic.csv: 2 of 5 readings are below the one before. A counter only rises: leave --counter out if this is none',
    )
  })

  test('that are missing leave their slot and the next as gaps', () => {
    expect(read('0,0\n60,60\n180,180\n240,240\n', counter).values).toEqual(
      Float64Array.of(NaN, 1, NaN, NaN, 1),
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
    ['too large', 't,v\n0,1\n60,1e308\n', 'traffic.csv:3: demand of 1e+308 is more than anything'],
    [
      'several of a kind',
      't,v\n0,a\n60,b\n120,3\n',
      'traffic.csv:2: "a" is not a number (2 such lines: 2, 3). Correct it',
    ],
    [
      'several kinds',
      't,v\n0,1\n60,-1\n120,many\n',
      'was measured; "foresail check" lists what else is wrong',
    ],
    [
      'twice with two values',
      't,v\n0,1\n60,2\n60,3\n',
      'traffic.csv:4: "60" stands twice, with 2 and with 3. Keep one row a timestamp',
    ],
    [
      'twice, once without a value',
      't,v\n0,1\n60,2\n60,\n',
      'traffic.csv:4: "60" stands twice, with 2 and with nothing',
    ],
    ['backwards', 't,v\n60,1\n0,2\n', 'traffic.csv:3: "0" is earlier than a row above'],
    [
      'newest first',
      't,v\n180,1\n120,2\n60,3\n0,4\n',
      'traffic.csv:3: "120" is earlier than a row above (3 such lines: 3, 4, 5). Sort the rows',
    ],
    ['one stamp for all', 't,v\n60,1\n60,1\n60,1\n', 'traffic.csv: a single row shows no rhythm'],
    ['off the grid', '0,1\n60,2\n120,3\n200,4\n', 'traffic.csv:4: the timestamp is off the grid'],
    [
      'several columns with numbers',
      'Time,web,api\n0,1,2\n60,3,4\n',
      'traffic.csv:1: several columns may be the demand: web, api. Name one with --value-column',
    ],
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
