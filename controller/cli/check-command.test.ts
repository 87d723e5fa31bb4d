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

test('says that manifest and recording are ok, in a line each', () => {
  const csv = file('t.csv', 'timestamp,value\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00Z,2\n')
  expect(check(file('good.yaml', SCALER), csv)).toEqual({
    status: 0,
    out:
      'good.yaml: ok: PredictiveScaler shop/web\n' +
      't.csv: ok: 0.0 days from 2026-01-01T00:00:00.000Z, a sample every 60 s, 0 of 2 missing; too short for backtest, which needs 8 days\n',
    err: '',
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
  ['no.yaml', /no\.yaml: cannot be read/],
  [file('other.yaml', 'kind: Deployment\n'), /holds no PredictiveScaler/],
  [file('broken.yaml', 'a: [\n'), /broken\.yaml:\d+: is no valid YAML/],
])('refuses %s in one line', (name, words) => {
  const { status, err } = check(name)
  expect(status).toBe(3)
  expect(err).toMatch(words)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
})
