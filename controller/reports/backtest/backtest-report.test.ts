import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { sizing } from '../../../forecaster/backtest/assumptions.ts'
import { backtest, type PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import { type BacktestWorld, createWorld, runPolicy } from '../../../forecaster/backtest/world.ts'
import { replicasFor } from '../../../forecaster/replay/offered-load.ts'
import { syntheticDemand } from '../../../forecaster/series/synthetic-demand.ts'
import { threshold } from '../../cli/threshold-option.ts'
import type { BacktestRun } from './backtest-run.ts'
import { createReport } from './create-report.ts'
import { formatCsv } from './format-csv.ts'
import { formatHtml } from './format-html.ts'
import { formatJson } from './format-json.ts'
import { formatMarkdown } from './format-markdown.ts'
import { formatTable } from './format-table.ts'
import type { Origins } from './report.ts'

const STEP_SECONDS = 300
const SLOTS_PER_DAY = 288
const WARM_UP = 7 * SLOTS_PER_DAY

const ASSUMED: Origins = {
  capacityFrom: 'assumed',
  minFrom: 'assumed',
  maxFrom: 'assumed',
  startUpFrom: 'stated',
  riskFrom: 'assumed',
  holdFrom: 'assumed',
  hpaFrom: 'assumed',
  guardFrom: 'assumed',
}

/** Nine days of five minutes with a gap: everything a report can show, in a second. */
function smallRun(): BacktestRun {
  const made = { days: 9, level: 500, swing: 450, noise: 20, seed: 3 }
  const values = syntheticDemand({ ...made, stepSeconds: STEP_SECONDS })
  values.fill(NaN, 2200, 2210)
  const series = { startSeconds: Date.UTC(2026, 0, 5) / 1000, stepSeconds: STEP_SECONDS, values }
  const stated = { capacityPerReplica: null, peakReplicas: null, minReplicas: 1, maxReplicas: null }
  const sized = sizing(series, WARM_UP, stated)
  if (sized === null) throw new RangeError('the recording has demand')
  const world = createWorld(series, sized, WARM_UP, 2)
  const settings = {
    policies: ['hpa', 'hpa-best', 'static', 'yesterday', 'clairvoyant'] as const,
    risk: { kind: 'budget', violationShare: 0.01 } as const,
    holdSteps: 2,
    hpa: { targetPercent: 70, stabilizationSeconds: 300 },
    actuation: { kind: 'scale' } as const,
  }
  const results = [yesterdayAsForesail(world), ...backtest(world, settings)]
  const thresholds = [
    ...threshold('violations<=1%'),
    ...threshold('savings_vs_hpa>=10%'),
    ...threshold('longest_shortage<1h'),
  ]
  const run = {
    version: '0.0.0',
    file: 'small.csv',
    startUp: { medianSeconds: 600, logSd: 0 },
    from: ASSUMED,
    scaler: null,
    hpaManifest: null,
  }
  return { ...run, world, settings, results, thresholds }
}

/** Stands in for Foresail, so that a better forecaster does not change how a report looks. */
function yesterdayAsForesail(world: BacktestWorld): PolicyResult {
  const { values } = world.series
  const yesterday = (slot: number) => values[slot - SLOTS_PER_DAY] ?? NaN
  const { capacityPerReplica } = world.sizing
  const ran = runPolicy(world, ({ slot }) =>
    replicasFor(1.1 * (yesterday(slot + world.leadSteps) || 900), capacityPerReplica),
  )
  const median = values.subarray(WARM_UP).map((_, i) => yesterday(WARM_UP + i) / capacityPerReplica)
  const band = { median, high: median.map((replicas) => 1.1 * replicas) }
  const coverage = [
    { asked: 0.5, within: 283, counted: 566 },
    { asked: 0.95, within: 530, counted: 566 },
  ]
  const told = { reactingPercent: 12.5, predictingPays: true, failed: [] }
  return { policy: 'foresail', ...ran, coverage, band, ...told }
}

let run: BacktestRun
beforeAll(() => {
  run = smallRun()
})

describe('a report', () => {
  test('as a table', async () => {
    await expect(formatTable(createReport(run))).toMatchFileSnapshot('golden/table.txt')
  })

  test('as JSON', async () => {
    await expect(formatJson(createReport(run))).toMatchFileSnapshot('golden/report.json')
  })

  test('as CSV, which reads back', async () => {
    const report = createReport(run)
    const csv = formatCsv(report)
    await expect(csv).toMatchFileSnapshot('golden/policies.csv')
    const rows = parse<Record<string, string>>(csv, { columns: true })
    expect(rows.map((row) => [row['policy'], row['setting']])).toEqual(
      report.policies.map(({ policy, setting }) => [policy, setting]),
    )
    expect(rows.at(-1)).toMatchObject({ policy: 'clairvoyant', peak_replicas: '' })
  })

  test('as Markdown', async () => {
    await expect(formatMarkdown(createReport(run))).toMatchFileSnapshot('golden/report.md')
    const odd = createReport({ ...run, file: '<b>|*a*|\n.csv' })
    expect(formatMarkdown(odd)).toContain('## Foresail backtest of \\<b>\\|\\*a\\*\\| .csv\n')
  })

  test('table and JSON of Foresail alone', async () => {
    const alone = createReport({ ...run, results: run.results.slice(0, 1), thresholds: [] })
    await expect(formatTable(alone)).toMatchFileSnapshot('golden/foresail-alone.txt')
    expect(alone.policies[0]?.timesClairvoyant).toBeNull()
  })
})

describe('the page', () => {
  test('refers to nothing outside itself', () => {
    const html = formatHtml(createReport(run), run)
    expect(html.match(/https?:[^\s"'<)]*/g)).toBeNull()
    expect(html).not.toMatch(/<(?:link|img|iframe)\b|\bsrc=|@import|url\(/)
    expect(html).toContain("default-src 'none'")
  })

  test('holds verdict, table and every scored slot', () => {
    const report = createReport(run)
    const html = formatHtml(report, run)
    expect(html).toContain(report.recording.file)
    for (const { policy } of report.policies) expect(html).toContain(`${policy}: `)
    for (const caution of report.cautions) expect(html).toContain(`</strong> ${caution}`)
    expect(html).toMatch(/violations&lt;=1%<\/th><td>✗ fail<\/td><td>10 %/)
    const [, json = ''] = /<script type="application\/json">(.*?)<\/script>/.exec(html) ?? []
    const chart = JSON.parse(json) as { lines: { label: string; values: (number | null)[] }[] }
    for (const { values } of chart.lines) expect(values).toHaveLength(2 * 288)
    expect(chart.lines.map(({ label }) => label)).toEqual([
      'forecast, 95 %',
      'forecast, median',
      'demand',
      'yesterday Ready',
      'static-usual Ready',
      'static-p99 Ready',
      'static-peak Ready',
      'hpa-best Ready',
      'hpa Ready',
      'foresail Ready',
      'foresail short',
    ])
    const demand = chart.lines.find(({ label }) => label === 'demand')
    expect(demand?.values.filter((value) => value === null)).toHaveLength(10)
  })

  test('draws every policy and every setting worth seeing by its cost, and what is best of them', () => {
    const report = createReport(run)
    const [svg = ''] = /<svg[\s\S]*<\/svg>/.exec(formatHtml(report, run)) ?? []
    const count = (kind: string) => svg.split(`<circle class="${kind}"`).length - 1
    for (const { policy } of report.policies) expect(count(policy)).toBe(1)
    const most = 1.25 * Math.max(...report.policies.map(({ replicaHours }) => replicaHours))
    const seen = ({ replicaHours }: { replicaHours: number }) => replicaHours <= most
    expect(count('hpa-setting')).toBe(report.hpaSweep.filter(seen).length)
    expect(count('yesterday-setting')).toBe(report.yesterdaySweep.filter(seen).length)
    expect(svg.match(/<polyline class="[\w-]+"/g)).toHaveLength(2)
  })

  test('takes a file name for text', () => {
    const html = formatHtml(createReport({ ...run, file: '<script>alert(1)</script>.csv' }), run)
    expect(html).not.toContain('<script>alert')
  })
})
