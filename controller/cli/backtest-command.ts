import { resolve } from 'node:path'

import type { Command } from 'commander'
import {
  type BacktestSettings,
  backtest,
  type LimitWindows,
} from '../../forecaster/backtest/backtest.ts'
import { plannedStartUpSeconds } from '../../forecaster/backtest/start-up.ts'
import type { BacktestWorld } from '../../forecaster/backtest/world.ts'
import { holdSteps } from '../../forecaster/plans/hold.ts'
import type { Series } from '../../forecaster/series/series.ts'
import packageJson from '../../package.json' with { type: 'json' }
import type { Bound } from '../api/bounds.ts'
import { limitsAt } from '../calendar/limits-at.ts'
import { type Recording, readRecording, recordingOf } from '../recordings/read-recording.ts'
import { recordingWorld } from '../recordings/recording-world.ts'
import type { BacktestRun } from '../reports/backtest/backtest-run.ts'
import { createReport } from '../reports/backtest/create-report.ts'
import type { BacktestReport } from '../reports/backtest/report.ts'
import { thresholdLines } from '../reports/backtest/threshold-lines.ts'
import { missedWords } from '../reports/backtest/thresholds.ts'
import { type Asked, askedOf } from './asked.ts'
import { addBacktestOptions, type BacktestOptions } from './backtest-options.ts'
import { checkStartUp } from './check-start-up.ts'
import { decisionsCsv } from './decisions-csv.ts'
import { EXIT, Failure } from './failure.ts'
import { fetchRecording } from './fetch-recording.ts'
import { type Tell, whileWorking } from './progress.ts'
import { addPrometheusOptions, type PrometheusOptions } from './prometheus-options.ts'
import { readManifests } from './read-manifests.ts'
import { readOptions } from './recording-options.ts'
import { thresholdHelp } from './threshold-option.ts'
import { checkOutput, print, writeOutput } from './write-output.ts'

const NOTES = `
TRAFFIC.csv holds the workload's total demand, oldest first, on one step: a CSV of timestamp,value,
Grafana's "Download CSV" with "Formatted data" off, or the JSON of a Prometheus query_range with one
series. Timestamps are ISO-8601 (UTC where they name no zone), epoch seconds or milliseconds, each its
slot's start; a point of Prometheus ends its slot. An empty value is a gap. It must reach a day beyond
the warm-up; with --decisions less will do. "foresail check" says all that is wrong with a recording.

The file of -f may hold an autoscaling/v2 HorizontalPodAutoscaler too, or only that: then the HPA as
configured has its target and behavior, and its limits are those of all where no scaler and no option
states them. Utilization is taken for that share of the capacity, an AverageValue is divided by it; the
first metric that tells a target is the one that is run.

Metrics of --threshold, with <= < >= >, all of Foresail. A saving says little without its violations:
set a threshold on both. With -o csv what became of them goes to stderr.
${thresholdHelp()}

Examples:
  foresail backtest examples/flights-in-air.csv --start-up 3m -o html --out report.html
  foresail backtest traffic.csv -f hpa.yaml --capacity 250
  foresail backtest --prometheus http://localhost:9090 --query 'sum(rate(http_requests_total[2m]))' --window 14d
  foresail backtest traffic.csv --threshold 'violations<=1%' --threshold 'savings_vs_hpa>=10%'
`

export function define(command: Command): void {
  command
    .argument('[traffic.csv]', 'the recording; or --prometheus and --query')
    .addHelpText('after', NOTES)
  addBacktestOptions(command)
  addPrometheusOptions(command)
  command.action(run)
}

async function run(
  given: string | undefined,
  options: BacktestOptions & PrometheusOptions,
  command: Command,
): Promise<void> {
  checkArguments(given, options)
  const manifests = options.filename === undefined ? null : readManifests(options.filename)
  const asked = askedOf(
    options,
    (option) => command.getOptionValueSource(option) === 'cli',
    manifests,
  )
  const { file, series, remarks } = await recorded(given, options)
  const bounds = manifests?.scaler?.spec.bounds ?? []
  const backtested = whileWorking(`replaying ${file}`, (tell) =>
    runBacktest(file, series, options, { ...asked, bounds }, tell),
  )
  for (const remark of remarks) process.stderr.write(`${remark}\n`)
  const { world, results } = backtested
  const report = createReport(backtested)
  const text = await format(report, backtested, options.output)
  const foresail = results.find((result) => result.policy === 'foresail')
  if (options.decisions !== undefined && foresail !== undefined) {
    const { desired } = foresail.run
    writeOutput(options.decisions, decisionsCsv(world.series, world.firstSlot, desired))
  }
  if (options.out === undefined) await print(text)
  else writeOutput(options.out, text)
  if (options.output === 'csv' && report.thresholds.length > 0) {
    // A table of policies has no place for them.
    process.stderr.write(`${thresholdLines(report.thresholds).join('\n')}\n`)
  }
  const missed = missedWords(report.thresholds)
  if (missed !== null) throw new Failure(missed, EXIT.thresholds)
}

/** The recording: a file, or what a Prometheus answers. */
async function recorded(
  given: string | undefined,
  options: BacktestOptions & PrometheusOptions,
): Promise<{ file: string } & Recording> {
  if (given !== undefined) return { file: given, ...readRecording(given, readOptions(options)) }
  const { name, csv, remarks } = await fetchRecording(options, Date.now() / 1000)
  const read = recordingOf(Buffer.from(csv), name, { isCounter: options.counter })
  return { file: name, ...read, remarks: [...remarks, ...read.remarks] }
}

function runBacktest(
  file: string,
  series: Series,
  options: BacktestOptions,
  asked: Asked & { bounds: readonly Bound[] },
  tell: Tell,
): BacktestRun {
  const { stated, startUp, risk, from, scaler, hpaManifest } = asked
  const world = recordingWorld(
    series,
    {
      stated,
      startUp,
      warmUpSeconds: options.warmUp,
      leastScoredSeconds: options.decisions === undefined ? 86_400 : 0,
    },
    file,
  )
  checkStartUp(world, plannedStartUpSeconds(startUp))
  if (options.decisions === undefined && !world.load.scored.includes(1)) {
    throw new Failure(
      `${file}: nothing after the warm-up can be scored, all of it lies in gaps or soon after one. Record longer`,
      EXIT.unavailable,
    )
  }
  const settings: BacktestSettings = {
    policies: options.policies,
    risk,
    holdSteps: holdSteps(world.leadSteps, series.stepSeconds, asked.holdWindowSeconds),
    hpa: asked.hpa,
    actuation: asked.actuation,
    windows: windowsOf(asked.bounds, world),
  }
  const results = backtest(world, settings, tell)
  const { version } = packageJson
  const { threshold: thresholds = [] } = options
  const manifests = { scaler, hpaManifest }
  return { version, file, world, startUp, from, ...manifests, settings, results, thresholds }
}

/** Windows of bounds over the limits of the world, as the controller has them. */
function windowsOf(bounds: readonly Bound[], world: BacktestWorld): LimitWindows | undefined {
  if (bounds.length === 0) return undefined
  const { series, sizing, leadSteps } = world
  const { minReplicas, maxReplicas } = sizing
  const bounded = { minReplicas, maxReplicas, bounds: [...bounds] }
  const { stepSeconds } = series
  return {
    limitsAt: (step) => limitsAt(bounded, step * stepSeconds * 1000, leadSteps, stepSeconds),
    mostReplicas: Math.max(...bounds.map((bound) => bound.maxReplicas ?? 0)),
  }
}

/** Loads the format that is asked for, and no other. */
async function format(
  report: BacktestReport,
  run: BacktestRun,
  output: BacktestOptions['output'],
): Promise<string> {
  switch (output) {
    case 'table':
      return (await import('../reports/backtest/format-table.ts')).formatTable(report)
    case 'json':
      return (await import('../reports/backtest/format-json.ts')).formatJson(report)
    case 'csv':
      return (await import('../reports/backtest/format-csv.ts')).formatCsv(report)
    case 'md':
      return (await import('../reports/backtest/format-markdown.ts')).formatMarkdown(report)
    case 'html':
      return (await import('../reports/backtest/format-html.ts')).formatHtml(report, run)
  }
}

/** What no single option can see. */
function checkArguments(
  file: string | undefined,
  options: BacktestOptions & PrometheusOptions,
): void {
  const asked = options.prometheus !== undefined || options.sources !== undefined
  if (asked === (file !== undefined)) {
    throw new Failure(
      'give either a recording, or --prometheus (or --sources) and --query',
      EXIT.usage,
    )
  }
  const { filename, decisions, out, policies } = options
  for (const { text, metric } of options.threshold ?? []) {
    const missing = metric.needs.find((policy) => !policies.includes(policy))
    if (missing === undefined) continue
    throw new Failure(`--threshold '${text}' needs ${missing} among --policies. Add it`, EXIT.usage)
  }
  if (decisions !== undefined && !policies.includes('foresail')) {
    throw new Failure('--decisions needs foresail among --policies. Add it', EXIT.usage)
  }
  if (options.output === 'html' && out === undefined && process.stdout.isTTY) {
    throw new Failure('-o html is a page for a browser. Give it a file with --out', EXIT.usage)
  }
  const named = [file, filename, decisions, out].filter((path) => path !== undefined)
  if (new Set(named.map((path) => resolve(path))).size < named.length) {
    throw new Failure(
      'the recording, the manifest, --decisions and --out must be different files',
      EXIT.usage,
    )
  }
  if (decisions !== undefined) checkOutput(decisions, '--decisions')
  if (out !== undefined) checkOutput(out, '--out')
}
