import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { syntheticDemand } from '../../forecaster/series/synthetic-demand.ts'

const LAUNCHER = fileURLToPath(new URL('foresail.js', import.meta.url))
const STEP_SECONDS = 300

// Every case starts a process, on machines that may have others to run.
vi.setConfig({ testTimeout: 30_000 })

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'foresail-backtest-'))
  save('good.csv', recorded(9))
  save('empty.csv', '')
  save('header.csv', 'timestamp,value\n')
  save('text.csv', recorded(9).replace(/^(.*T12:00:00.000Z),.*$/m, '$1,many'))
  save('negative.csv', recorded(9).replace(/^(.*T12:00:00.000Z),.*$/m, '$1,-4'))
  save('short.csv', recorded(7.5))
  save('gone.csv', recorded(8.5).replaceAll(/^(1970-01-0[89]T.*),.*$/gm, '$1,'))
  save('web.yaml', SCALER)
  save('hpa.yaml', HPA)
  save('deployment.yaml', 'kind: Deployment\n')
  save('misspelt.yaml', SCALER.replace('maxReplicas', 'maxReplica'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const SCALER = `kind: Deployment
---
apiVersion: foresail.dev/v1alpha1
kind: PredictiveScaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 60
  actuator: {name: web}
  demand:
  - {name: rps, prometheus: {query: sum(rps)}, capacity: {averageValue: "10"}}
`

const HPA = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 60
  metrics:
  - {type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: "6"}}}
  - {type: External, external: {metric: {name: queue}, target: {type: Value, value: "30"}}}
  behavior: {scaleDown: {stabilizationWindowSeconds: 900}}
`

function save(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

function recorded(days: number): string {
  const demand = { days, stepSeconds: STEP_SECONDS, level: 100, swing: 60, noise: 4, seed: 7 }
  const rows = [...syntheticDemand(demand)].map(
    (value, i) => `${new Date(i * STEP_SECONDS * 1000).toISOString()},${value.toFixed(3)}`,
  )
  return ['timestamp,value', ...rows, ''].join('\n')
}

function foresail(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('a wrong input ends with one line that says what, where and what to do', () => {
  test.each([
    ['an empty file', 'empty.csv', 3, 'empty.csv: the file is empty. Give'],
    ['a header only', 'header.csv', 3, 'header.csv: a header and no rows below it. Add'],
    ['text in a number', 'text.csv', 3, 'text.csv:146: "many" is not a number. Correct'],
    [
      'a negative number',
      'negative.csv',
      3,
      'negative.csv:146: demand of -4 is below zero. Record',
    ],
    ['a directory', '.', 3, '.: this is a directory. Give'],
    ['a missing file', 'none.csv', 3, 'none.csv: no such file. Check'],
    [
      'less than the warm-up and a day',
      'short.csv',
      4,
      'short.csv: 7.5 days recorded, 8 days needed',
    ],
    ['nothing but a gap after the warm-up', 'gone.csv', 4, 'gone.csv: nothing after the warm-up'],
  ])('%s', (_, file, exitCode, message) => {
    const { status, stdout, stderr } = foresail('backtest', file, '--out', 'report.txt')
    expect({ status, stdout }).toEqual({ status: exitCode, stdout: '' })
    expect(stderr).toContain(`error: ${message}`)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(existsSync(join(folder, 'report.txt'))).toBe(false)
  })
})

describe('a wrong command line ends with 2', () => {
  test.each([
    ['no file', [], 'give either a recording'],
    ['an unknown option', ['good.csv', '--peek'], "unknown option '--peek'"],
    ['a number that is none', ['good.csv', '--capacity', 'much'], 'Write a number above 0.'],
    ['a duration without unit', ['good.csv', '--start-up', '180'], 'Write a duration such as 90s'],
    [
      'percentiles the wrong way round',
      ['good.csv', '--start-up', 'p50=4m,p90=2m'],
      'such as p50=120s,p90=240s',
    ],
    [
      'two capacities',
      ['good.csv', '--capacity', '5', '--peak-replicas', '9'],
      'cannot be used with',
    ],
    [
      'two risks',
      ['good.csv', '--quantile', '0.9', '--violation-price', '9'],
      'cannot be used with',
    ],
    [
      'a budget and a price',
      ['good.csv', '--violation-budget', '1%', '--violation-price', '9'],
      'cannot be used with',
    ],
    ['an unknown policy', ['good.csv', '--policies', 'hpa,luck'], '"luck" is none of foresail,'],
    [
      'an unknown format',
      ['good.csv', '-o', 'pdf'],
      'Allowed choices are table, json, csv, html, md',
    ],
    [
      'an unknown metric',
      ['good.csv', '--threshold', 'violation<=1%'],
      '"violation" is no metric. Did you mean violations?',
    ],
    [
      'a metric whose policy is not run',
      ['good.csv', '--policies', 'foresail', '--threshold', 'savings_vs_hpa>1%'],
      "--threshold 'savings_vs_hpa>1%' needs hpa among --policies",
    ],
    [
      'a start-up longer than what is scored',
      ['good.csv', '--start-up', '30d'],
      'a start-up of 30 d: no pod asked for in the 2 d after the warm-up would become Ready',
    ],
    [
      'a start-up of a day',
      ['good.csv', '--start-up', '24h'],
      'a start-up of 1 d: pods that take a day to start cannot follow one. State the time from creating',
    ],
    [
      'limits the wrong way round',
      ['good.csv', '--min', '5', '--max', '4'],
      '--max 4 is below --min 5',
    ],
    [
      'decisions of nobody',
      ['good.csv', '--policies', 'hpa', '--decisions', 'd.csv'],
      'needs foresail',
    ],
    ['the recording as output', ['good.csv', '--out', './good.csv'], 'must be different files'],
    [
      'the manifest as output',
      ['good.csv', '-f', 'web.yaml', '--out', 'web.yaml'],
      'must be different files',
    ],
    [
      'a limit that the manifest contradicts',
      ['good.csv', '-f', 'web.yaml', '--max', '1'],
      '--max 1 is below minReplicas 2 of web.yaml',
    ],
    ['a directory as output', ['good.csv', '--out', '.'], 'this is a directory'],
    ['an output in no directory', ['good.csv', '--out', 'no/r.txt'], 'Create it first'],
  ])('%s', (_, args, message) => {
    const { status, stdout, stderr } = foresail('backtest', ...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('an unknown command', () => {
    expect(foresail('backtset')).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('a backtest', () => {
  test('prints the verdict first', () => {
    const { status, stdout, stderr } = foresail('backtest', 'good.csv')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^VERDICT\n {2}\S/)
  })

  test('writes report and decisions whole, the same bytes each time, and leaves nothing else', () => {
    const files = ['report.json', 'decisions.csv']
    const before = readdirSync(folder)
    const runs = [1, 2].map(() => {
      const { status, stdout } = foresail(
        ...[
          'backtest',
          'good.csv',
          '-o',
          'json',
          '--out',
          'report.json',
          '--decisions',
          'decisions.csv',
        ],
      )
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
      return files.map((name) => readFileSync(join(folder, name), 'utf8'))
    })
    expect(runs[0]).toEqual(runs[1])
    expect(readdirSync(folder).sort()).toEqual([...before, ...files].sort())
    const [report = '', decisions = ''] = runs[0] ?? []
    expect(JSON.parse(report)).toMatchObject({ format: 'foresail-backtest/1' })
    const rows = decisions.trimEnd().split('\n')
    expect(rows).toHaveLength(1 + 2 * 288)
    expect(rows[1]).toMatch(/^1970-01-08T00:00:00Z,\d+$/)
    expect(rows.at(-1)).toMatch(/^1970-01-09T23:55:00Z,\d+$/)
  })

  test('draws every pod a start-up of its own, and says what is planned for', () => {
    const [same, drawn] = ['10m', 'p50=10m,p90=25m'].map((startUp) => {
      const hpa = ['--policies', 'hpa,clairvoyant', '--hpa-target', '95%']
      const args = ['--start-up', startUp, ...hpa, '-o', 'json']
      return JSON.parse(foresail('backtest', 'good.csv', ...args).stdout) as {
        assumptions: object
        policies: { violatedMinutes: number; replicaHours: number }[]
      }
    })
    expect(drawn?.assumptions).toMatchObject({
      startUpSeconds: 1500,
      startUpPercentile: 90,
      startUpMedianSeconds: 600,
      leadSteps: 5,
    })
    expect(same?.assumptions).toMatchObject({ startUpPercentile: null, leadSteps: 2 })
    const [hpa, clairvoyant] = drawn?.policies ?? []
    expect(hpa?.violatedMinutes).not.toBe(same?.policies[0]?.violatedMinutes)
    expect(clairvoyant).toEqual(same?.policies[1])
    const { stdout } = foresail(
      'backtest',
      'good.csv',
      '--start-up',
      'p50=10m,p90=25m',
      '--policies',
      'hpa',
    )
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Foresail plans for the 90 %, 25 m in whole steps',
    )
  })

  test('takes from a manifest what no option says', () => {
    const { status, stdout } = foresail(
      ...['backtest', 'good.csv', '-f', 'web.yaml', '--max', '40'],
      ...['--policies', 'hpa', '-o', 'json'],
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      assumptions: {
        ...{ capacityPerReplica: 10, capacityFrom: 'scaler', minReplicas: 2, minFrom: 'scaler' },
        ...{ maxReplicas: 40, maxFrom: 'stated', scaler: { file: 'web.yaml', name: 'web' } },
      },
    })
  })

  test('runs an HPA manifest as the HPA as configured, and says what it took of it', async () => {
    const args = ['backtest', 'good.csv', '-f', 'hpa.yaml', '--capacity', '10', '--max', '50']
    const { status, stdout } = foresail(...args, '--policies', 'hpa,static')
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot('golden/backtest-hpa.txt')
  })

  test('runs the behavior of an HPA manifest', () => {
    const frozen = HPA.replace('stabilizationWindowSeconds: 900', 'selectPolicy: Disabled')
    save('frozen.yaml', frozen)
    const [as, never] = ['hpa.yaml', 'frozen.yaml'].map((manifest) => {
      const args = ['--capacity', '10', '--policies', 'hpa', '-o', 'json']
      const { stdout } = foresail('backtest', 'good.csv', '-f', manifest, ...args)
      return (JSON.parse(stdout) as { policies: { reversalsPerDay: number }[] }).policies[0]
    })
    expect(as?.reversalsPerDay).toBeGreaterThan(0)
    expect(never?.reversalsPerDay).toBe(0)
  })

  test('refuses an HPA without a target for a recording', () => {
    const { status, stdout, stderr } = foresail('backtest', 'good.csv', '-f', 'hpa.yaml')
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(
      /^error: hpa\.yaml: .*\(Pods rps\) aims at 6 a replica: .*--hpa-target\n$/,
    )
  })

  test.each([
    ['deployment.yaml', 1, 'deployment.yaml: holds no PredictiveScaler'],
    ['none.yaml', 1, 'none.yaml: no such file'],
    ['misspelt.yaml', 2, 'error: misspelt.yaml:9: spec.maxReplica: is no field of this API;'],
  ])('takes nothing from %s', (manifest, lines, message) => {
    const { status, stdout, stderr } = foresail('backtest', 'good.csv', '-f', manifest)
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(lines)
  })

  const judged = (threshold: string) =>
    foresail(
      ...['backtest', 'good.csv', '--policies', 'foresail,hpa', '-o', 'json'],
      ...['--threshold', 'scale_events>0', '--threshold', threshold],
    )

  test('that reaches its thresholds ends with 0', () => {
    const { status, stdout, stderr } = judged('savings_vs_hpa>-100%')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ thresholds: [{ met: true }, { met: true }] })
  })

  test('that misses one ends with 99, its report whole', () => {
    const { status, stdout, stderr } = judged('savings_vs_hpa>99%')
    expect(status).toBe(99)
    expect(JSON.parse(stdout)).toMatchObject({ thresholds: [{ met: true }, { met: false }] })
    expect(stderr).toMatch(/^error: 1 of 2 thresholds missed: savings_vs_hpa>99% \(.* %\)\n$/)
  })

  test('keeps its CSV clean of thresholds: they go to stderr', () => {
    const { status, stdout, stderr } = foresail(
      ...['backtest', 'good.csv', '--policies', 'foresail,static', '-o', 'csv'],
      ...['--threshold', 'replica_hours>0'],
    )
    expect(status).toBe(0)
    expect(stdout.match(/^[\w-]+/gm)).toEqual([
      ...['policy', 'foresail', 'static-peak', 'static-p99', 'static-usual'],
    ])
    expect(stderr).toMatch(/^THRESHOLDS\n {2}✓ pass {2}replica_hours>0 /)
  })

  test('gives decisions for less than a scored day', () => {
    const args = ['short.csv', '--policies', 'foresail', '--decisions', 'few.csv']
    expect(foresail('backtest', ...args).status).toBe(0)
    expect(readFileSync(join(folder, 'few.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(
      1 + 144,
    )
  })
})

describe('help', () => {
  test.each([
    [['--help'], 'backtest'],
    [['backtest', '--help'], '--violation-budget'],
    [['help', 'backtest'], '--violation-budget'],
    [['--version'], '0.'],
  ])('foresail %s', (args, text) => {
    const { status, stdout, stderr } = foresail(...args)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(text)
  })
})
