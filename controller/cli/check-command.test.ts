import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'foresail-check-'))

function check(...files: string[]) {
  const ran = spawnSync(
    process.execPath,
    [join(ROOT, 'controller/cli/foresail.js'), 'check', ...files],
    {
      encoding: 'utf8',
      cwd: folder,
    },
  )
  return { status: ran.status, out: ran.stdout, err: ran.stderr }
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return name
}

const SCALER = `apiVersion: foresail.dev/v1alpha1
kind: PredictiveScaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {kind: Deployment, name: web}
  maxReplicas: 60
  actuator: {name: web}
  demand:
  - {name: rps, prometheus: {query: sum(rps)}, capacity: {averageValue: "250"}}
`

test('says what is in a manifest and in a recording', () => {
  const rows = Array.from({ length: 40 }, (_, i) => `2026-01-01T00:${10 + i}:00,${(i * i) % 7}`)
  const text = ['timestamp,value', ...rows.toSpliced(20, 3).toSpliced(30, 1), ''].join('\n')
  expect(check(file('good.yaml', SCALER), file('t.csv', text))).toEqual({
    status: 0,
    out: `good.yaml: ok: PredictiveScaler shop/web
t.csv: ok: a recording
  span        40 m, 2026-01-01 00:10 to 2026-01-01 00:50 UTC, a sample every 1 m
  samples     4 of 40 missing: 2 gaps, the longest 3 m from 2026-01-01 00:30
  values      0 to 4, median 2; 13.9 % of them zero
  backtest    too short: 40 m of the 8 d that it needs (--warm-up needs less)
  periods     1 d: not judged (needs 4 days, there are 40 minutes); 7 d: not judged (needs 14 days,
              there are 40 minutes)
  predicting  not known: too little to judge whether a day comes again
  note        t.csv: timestamps name no zone. They are taken as UTC
`,
    err: '',
  })
})

test('the examples are well', () => {
  const examples = ['shop-web.yaml', 'cpu-web.yaml', 'sources.yaml']
  const { status, out } = check(...examples.map((name) => join(ROOT, 'examples', name)))
  expect(status).toBe(0)
  expect(out.trim().split('\n')).toEqual([
    expect.stringContaining('shop-web.yaml: ok: PredictiveScaler shop/shop-web'),
    expect.stringContaining('cpu-web.yaml: ok: PredictiveScaler shop/cpu-web'),
    expect.stringContaining('sources.yaml: ok: metrics sources'),
  ])
})

test('what no schema sees of a formula and of the metrics of an HPA is said too', () => {
  const spec = SCALER.replace(
    'prometheus: {query: sum(rps)}',
    'formula: {expression: cos(a), variables: [{name: a, prometheus: {query: sum(a)}}]}',
  )
  const { status, out, err } = check(
    file(
      'formula.yaml',
      `${spec}  reactive: {metrics: [{type: Resource, resource: {name: cpu}}]}\n`,
    ),
  )
  expect([status, out]).toEqual([3, ''])
  expect(err.split('\n')).toEqual([
    expect.stringContaining('formula.yaml:1: spec.demand[0].formula.expression: calls cos'),
    expect.stringContaining(
      'formula.yaml:1: spec.reactive.metrics[0].resource.target: is required',
    ),
    '',
  ])
})

test('lists all that is wrong with a recording, and describes the rest', () => {
  const text = 'timestamp,value\n0,1\n0,4\n60,many\n120,-3\n30,5\n180,6\n220,7\n300,NaN\n360,8\n'
  const { status, out, err } = check(file('many.csv', text))
  expect(status).toBe(3)
  expect(out).toBe(`many.csv: a recording that cannot be used as it stands. What is there:
  span        7 m, 1970-01-01 00:00 to 1970-01-01 00:07 UTC, a sample every 1 m
  samples     4 of 7 missing: 2 gaps, the longest 2 m from 1970-01-01 00:01
  values      1 to 8, median 6; none of them zero
  backtest    too short: 7 m of the 8 d that it needs (--warm-up needs less)
  periods     1 d: not judged (needs 4 days, there are 7 minutes); 7 d: not judged (needs 14 days,
              there are 7 minutes)
  predicting  not known: too little to judge whether a day comes again
  note        many.csv:9: "NaN" is no number. It is taken as a gap
`)
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^error: many\.csv:3: "0" stands twice, with 1 and with 4\. /),
    expect.stringMatching(/^error: many\.csv:4: "many" is not a number\. /),
    expect.stringMatching(/^error: many\.csv:5: demand of -3 is below zero\. /),
    expect.stringMatching(/^error: many\.csv:6: "30" is earlier than a row above\. /),
    expect.stringMatching(/^error: many\.csv:8: the timestamp is off the grid: most rows are 60 s/),
  ])
})

test('reads recordings as it is told to', () => {
  const name = file('readings.csv', 'at,host,total\n0,a,0\n60,a,60\n120,a,30\n')
  const { status, out } = check('--time-column', 'at', '--value-column', 'total', '--counter', name)
  expect(status).toBe(0)
  expect(out).toContain('span        3 m, 1969-12-31 23:59 to 1970-01-01 00:02 UTC')
  expect(out).toContain(
    'note        readings.csv:4: the counter began again. What it shows was counted',
  )
})

test('tells the kinds apart by what is in the files', () => {
  const answer = {
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [0, '1'],
            [60, '2'],
          ],
        },
      ],
    },
  }
  const { status, out } = check(
    file('answer.json', JSON.stringify(answer)),
    file('scaler', SCALER),
    file('scaler.json', '{"kind": "PredictiveScaler"}'),
  )
  expect(status).toBe(3)
  expect(out).toMatch(/^answer\.json: ok: a recording\n(?: .*\n)+scaler: ok: PredictiveScaler/)
})

test('prints the same as JSON', () => {
  const manifest = file('bad.yaml', SCALER.replace('"250"', '"-1"'))
  const recording = file('gap.csv', '0,1\n60,0\n180,3\n180,3\n240,3\n')
  const { status, out, err } = check('-o', 'json', manifest, recording, 'none.csv')
  expect({ status, err }).toEqual({ status: 3, err: 'error: problems found: 2\n' })
  expect(JSON.parse(out)).toEqual({
    format: 'foresail-check/1',
    version: expect.any(String) as string,
    files: [
      {
        file: 'bad.yaml',
        kind: 'manifest',
        ok: false,
        findings: [
          {
            severity: 'problem',
            kind: 'invalid',
            rows: [9],
            count: 1,
            text: expect.stringMatching(/^bad\.yaml:9: spec\.demand\[0\]/) as string,
          },
        ],
        scalers: [],
        recording: null,
      },
      {
        file: 'gap.csv',
        kind: 'recording',
        ok: true,
        findings: [
          {
            severity: 'warning',
            kind: 'duplicate',
            rows: [4],
            count: 1,
            text: 'gap.csv:4: "180" stands twice with the same value. It is read once',
          },
        ],
        scalers: [],
        recording: {
          start: '1970-01-01T00:00:00.000Z',
          end: '1970-01-01T00:05:00.000Z',
          spanSeconds: 300,
          stepSeconds: 60,
          samples: 5,
          missingSamples: 1,
          gaps: 1,
          longestGap: { start: '1970-01-01T00:02:00.000Z', seconds: 60 },
          leastValue: 0,
          medianValue: 1,
          mostValue: 3,
          zeroPercent: 25,
          backtest: 'too-short',
          periods: {
            verdict: 'too little data',
            candidates: expect.any(Array) as unknown[],
          },
        },
      },
      {
        file: 'none.csv',
        kind: 'unreadable',
        ok: false,
        findings: [
          {
            severity: 'problem',
            kind: 'unreadable',
            rows: [],
            count: 0,
            text: 'none.csv: no such file. Check the path',
          },
        ],
        scalers: [],
        recording: null,
      },
    ],
  })
})

test('names file, line and field of everything that is wrong, with exit code 3', () => {
  const bad = SCALER.replace('maxReplicas: 60', 'maxReplica: 60').replace('"250"', '"-1"')
  const { status, err } = check(file('bad.yaml', bad), file('bad.csv', 'timestamp,value\nx,1\n'))
  expect(status).toBe(3)
  expect(err.split('\n').filter((line) => line !== '')).toEqual([
    expect.stringMatching(/^error: bad\.yaml:4: spec\.maxReplicas: /),
    expect.stringMatching(/^error: bad\.yaml:6: spec\.maxReplica: .*maxReplicas/),
    expect.stringMatching(/^error: bad\.yaml:9: spec\.demand\[0\]\.capacity\.averageValue: /),
    expect.stringMatching(/^error: bad\.csv:2: "x" is no timestamp/),
  ])
})

test.each([
  ['no.yaml', /no\.yaml: no such file\. Check the path/],
  [file('other.yaml', 'kind: Deployment\n'), /holds no PredictiveScaler/],
  [file('broken.yaml', 'a: [\n'), /broken\.yaml:\d+: is no valid YAML/],
])('refuses %s in one line', (name, words) => {
  const { status, err } = check(name)
  expect(status).toBe(3)
  expect(err).toMatch(words)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})
