import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type ReadOptions, readRecording } from './read-recording.ts'

// What other programs write. Grafana's formats are those of its `toCSV` (from version 7 on) and of its
// `file_export` (before), Prometheus' is that of its HTTP API.

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresail-exports-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function read(name: string, text: string | Buffer, options: ReadOptions = {}) {
  const file = join(folder, name)
  writeFileSync(file, text)
  return readRecording(file, options)
}

const NOON = Date.UTC(2026, 0, 31, 12)
const series = { startSeconds: NOON / 1000, stepSeconds: 60, values: Float64Array.of(1.5, 2, 3) }

describe("Grafana's CSV", () => {
  const raw = `"Time","{app=""shop"", code=""200""}"\r\n${NOON},1.5\r\n${NOON + 60_000},2\r\n${NOON + 120_000},3\r\n\r\n`
  test.each([
    ['raw', raw],
    ['raw, for Excel before version 10', `sep=,\r\n${raw}`],
    ['raw, for Excel', Buffer.from(`\ufeff${raw.replaceAll(/,(?! )/g, '\t')}`, 'utf16le')],
    [
      'formatted, without a unit',
      '"Time","shop"\r\n2026-01-31 12:00:00,1.50\r\n2026-01-31 12:01:00,2\r\n2026-01-31 12:02:00,3\r\n\r\n',
    ],
    [
      'of old, series as rows',
      '"Series";"Time";"Value"\r\n"shop";"2026-01-31T13:00:00+01:00";1.5\r\n"shop";"2026-01-31T13:01:00+01:00";2\r\n"shop";"2026-01-31T13:02:00+01:00";3',
    ],
    [
      'of old, series as columns',
      'sep=;\r\n"Time";"shop"\r\n"2026-01-31T12:00:00+00:00";1.5\r\n"2026-01-31T12:01:00+00:00";2\r\n"2026-01-31T12:02:00+00:00";3',
    ],
    [
      'of old, in seconds',
      `Series;Time;Value\nshop;${NOON / 1000};1.5\nshop;${NOON / 1000 + 60};2\nshop;${NOON / 1000 + 120};3\n`,
    ],
  ])('%s', (_, text) => {
    expect(read('grafana.csv', text).series).toEqual(series)
  })

  test('with gaps of old', () => {
    const text = '"Series";"Time";"Value"\r\n"a";"0";1\r\n"a";"60";null\r\n"a";"120";3'
    expect(read('grafana.csv', text).series.values).toEqual(Float64Array.of(1, NaN, 3))
  })

  test('of several series, the one that is named', () => {
    const text = `"Time","a","b"\r\n${NOON},9,1.5\r\n${NOON + 60_000},9,2\r\n${NOON + 120_000},,3\r\n`
    expect(read('grafana.csv', text, { value: 'b' }).series).toEqual(series)
  })

  test.each([
    [
      'several series as rows',
      'Series;Time;Value\nweb;0;1\nweb;60;2\napi;0;1\napi;60;2\n',
      "grafana.csv: 2 series, where a recording has one: web, api. Query the workload's total, such as sum(",
    ],
    [
      'several series as columns',
      '"Time","web","api"\n0,1,2\n60,3,4\n',
      'grafana.csv:1: several columns may be the demand: web, api. Name one with --value-column; where',
    ],
    [
      'values with a unit',
      '"Time","web"\n2026-01-31 12:00:00,12.5 req/s\n2026-01-31 12:01:00,1.2 K req/s\n',
      'grafana.csv:2: "12.5 req/s" is not a number (2 such lines: 2, 3). Record bare numbers, without a unit (Grafana: switch "Formatted data" off before the download)',
    ],
    [
      'local times over a change of the clocks',
      'Time,web\n2026-10-25 02:59:00,1\n2026-10-25 02:00:00,2\n2026-10-25 02:01:00,2\n',
      'grafana.csv:3: "2026-10-25 02:00:00" is earlier than a row above (2 such lines: 3, 4). Sort the rows, oldest first (stamps without a zone are UTC)',
    ],
  ])('%s are refused', (_, text, message) => {
    expect(() => read('grafana.csv', text)).toThrow(message)
  })
})

describe('the answer of query_range', () => {
  const answer = (...result: { metric: object; values?: unknown; histograms?: unknown }[]) =>
    JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })
  const points = (...values: string[]) =>
    values.map((value, i) => [NOON / 1000 + 60 * (i + 1), value])

  test("a point's slot ends at its time", () => {
    const text = answer({ metric: { app: 'shop' }, values: points('1.5', '2', '3') })
    expect(read('answer.json', text)).toEqual({ series, remarks: [] })
  })

  test.each([
    ['printed with indents', (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
    ['with a byte order mark', (text: string) => `\ufeff${text}`],
  ])('%s', (_, change) => {
    const text = answer({ metric: {}, values: points('1.5', '2', '3') })
    expect(read('answer', change(text)).series).toEqual(series)
  })

  test('what is no finite number is a gap, and named', () => {
    const text = answer({ metric: {}, values: points('1', 'NaN', '+Inf', '-Inf', '5') })
    const { series, remarks } = read('answer.json', text)
    expect(series.values).toEqual(Float64Array.of(1, NaN, NaN, NaN, 5))
    expect(remarks).toEqual([
      expect.stringMatching(
        /^note: .*answer\.json: point 2: "NaN" is no finite number \(3 such points: 2, 3, 4\)\. It is taken as a gap$/,
      ),
    ])
  })

  test('a missing point is a gap', () => {
    const text = answer({ metric: {}, values: points('1', '2', '3', '4').toSpliced(2, 1) })
    expect(read('answer.json', text).series.values).toEqual(Float64Array.of(1, 2, NaN, 4))
  })

  test('of a counter', () => {
    const text = answer({ metric: {}, values: points('60', '120', '60') })
    expect(read('answer.json', text, { isCounter: true }).series).toEqual({
      ...series,
      values: Float64Array.of(NaN, 1, 1),
    })
  })

  const web = { metric: { __name__: 'rps', app: 'web' }, values: points('1') }
  const api = { metric: { __name__: 'rps', app: 'api' }, values: points('1') }
  test.each([
    [
      'several series',
      answer(web, api),
      'answer.json: 2 series, where a recording has one: rps{app="web"}, rps{app="api"}. Query the workload\'s total, such as sum(rate(http_requests_total[2m])), and save that',
    ],
    [
      'many series',
      answer(web, web, web, web, web, web),
      'rps{app="web"}, rps{app="web"}, rps{app="web"}, rps{app="web"} and 2 more. Query',
    ],
    ['no series', answer(), 'answer.json: the answer holds no series. Correct the query'],
    [
      'a negative value',
      answer({ metric: {}, values: points('1', '-4') }),
      'answer.json: point 2: demand of -4',
    ],
    ['a single point', answer(web), 'answer.json: a single row shows no rhythm'],
    [
      'an error',
      '{"status":"error","errorType":"bad_data","error":"parse error: unexpected end"}',
      'answer.json: bad_data: parse error: unexpected end. Correct the query, and save its answer',
    ],
    [
      'an error of the server',
      '{"status":"error","errorType":"internal","error":"out of disk"}',
      'answer.json: internal: out of disk. Ask Prometheus again, and save its answer',
    ],
    [
      'histograms',
      answer({ metric: {}, histograms: [] }),
      'answer.json: the query gives native histograms. Make a number of them',
    ],
    [
      'an instant query',
      '{"status":"success","data":{"resultType":"vector","result":[]}}',
      "answer.json: this JSON is no answer of Prometheus' query_range. Save the whole answer",
    ],
    ['its data alone', '[[0,"1"]]', 'answer.json: this JSON is no answer'],
    ['half of one', '{"status":"success","data":', 'answer.json: this JSON is no answer'],
  ])('%s is refused', (_, text, message) => {
    expect(() => read('answer.json', text)).toThrow(message)
  })
})
