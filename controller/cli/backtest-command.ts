import { resolve } from 'node:path'

import type { Command } from 'commander'
import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import {
  type BacktestSettings,
  backtest,
  type PolicyResult,
} from '../../forecaster/backtest/backtest.ts'
import type { HpaSetting } from '../../forecaster/backtest/hpa-policy.ts'
import { holdSteps } from '../../forecaster/plans/hold.ts'
import type { Risk } from '../../forecaster/plans/plan.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/aggregate-hpa.ts'
import type { Series } from '../../forecaster/series/series.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { readRecording } from '../recordings/read-recording.ts'
import { recordingWorld } from '../recordings/recording-world.ts'
import { type BacktestRun, createReport } from '../reports/backtest/create-report.ts'
import { addBacktestOptions, type BacktestOptions } from './backtest-options.ts'
import { decisionsCsv } from './decisions-csv.ts'
import { EXIT, Failure } from './failure.ts'
import { whileWorking } from './progress.ts'
import { readOptions } from './recording-options.ts'
import { checkOutput, print, writeOutput } from './write-output.ts'

const NOTES = `
TRAFFIC.csv holds the workload's total demand, oldest first, on one step: a CSV of timestamp,value,
Grafana's "Download CSV" with "Formatted data" off, or the JSON of a Prometheus query_range with one
series. Timestamps are ISO-8601 (UTC where they name no zone), epoch seconds or milliseconds, each its
slot's start; a point of Prometheus ends its slot. An empty value is a gap. It must reach a day beyond
the warm-up; with --decisions less will do. "foresail check" says all that is wrong with a recording.

Example:
  foresail backtest examples/flights-in-air.csv --start-up 3m -o html --out report.html
`

export function define(command: Command): void {
  command.argument('<traffic.csv>', 'the recording').addHelpText('after', NOTES)
  addBacktestOptions(command)
  command.action(run)
}

async function run(file: string, options: BacktestOptions): Promise<void> {
  checkArguments(file, options)
  const { series, remarks } = readRecording(file, readOptions(options))
  const backtested = await whileWorking(`Replaying ${file} …`, () =>
    runBacktest(file, series, options),
  )
  for (const remark of remarks) process.stderr.write(`${remark}\n`)
  const { world, results } = backtested
  const report = await format(backtested, options.output)
  const foresail = results.find((result) => result.policy === 'foresail')
  if (options.decisions !== undefined && foresail !== undefined) {
    const { desired } = foresail.run
    writeOutput(options.decisions, decisionsCsv(world.series, world.firstSlot, desired))
  }
  if (options.out === undefined) await print(report)
  else writeOutput(options.out, report)
}

function runBacktest(file: string, series: Series, options: BacktestOptions): BacktestRun {
  const stated = {
    capacityPerReplica: options.capacity ?? null,
    peakReplicas: options.peakReplicas ?? null,
    minReplicas: options.min,
    maxReplicas: options.max ?? null,
  }
  const world = recordingWorld(
    series,
    {
      stated,
      startUp: options.startUp,
      warmUpSeconds: options.warmUp,
      leastScoredSeconds: options.decisions === undefined ? 86_400 : 0,
    },
    file,
  )
  const hpa = {
    targetPercent: percentOf(options.hpaTarget),
    stabilizationSeconds: HPA_STABILIZATION_SECONDS,
  }
  const settings: BacktestSettings = {
    policies: options.policies,
    risk: riskOf(options),
    holdSteps: holdSteps(world.leadSteps, series.stepSeconds, HPA_STABILIZATION_SECONDS),
    hpa,
    actuation: actuationOf(options, hpa),
  }
  const results: PolicyResult[] = backtest(world, settings)
  const { startUp } = options
  return { version: packageJson.version, file, world, stated, startUp, settings, results }
}

/** Loads the format that is asked for, and no other. */
async function format(run: BacktestRun, output: BacktestOptions['output']): Promise<string> {
  const report = createReport(run)
  switch (output) {
    case 'table':
      return (await import('../reports/backtest/format-table.ts')).formatTable(report)
    case 'json':
      return (await import('../reports/backtest/format-json.ts')).formatJson(report)
    case 'html':
      return (await import('../reports/backtest/format-html.ts')).formatHtml(report, run)
  }
}

/** The HPA beneath is the one that is compared with: its target is what Foresail gives back in doubt. */
function actuationOf({ actuator, guard }: BacktestOptions, hpa: HpaSetting): Actuation {
  return actuator === 'scale'
    ? { kind: 'scale' }
    : { kind: 'hpa', ...hpa, guardPercent: percentOf(guard) }
}

function percentOf(share: number): number {
  return Number((100 * share).toPrecision(9))
}

function riskOf({ quantile, violationPrice, violationBudget }: BacktestOptions): Risk {
  if (quantile !== undefined) return { kind: 'quantile', probability: quantile }
  if (violationPrice !== undefined) return { kind: 'price', violationPrice }
  return { kind: 'budget', violationShare: violationBudget }
}

/** What no single option can see. */
function checkArguments(file: string, options: BacktestOptions): void {
  const { min, max, decisions, out, policies } = options
  if (max !== undefined && max < min) {
    throw new Failure(
      `--max ${max} is below --min ${min}. Raise one or lower the other`,
      EXIT.usage,
    )
  }
  if (decisions !== undefined && !policies.includes('foresail')) {
    throw new Failure('--decisions needs foresail among --policies. Add it', EXIT.usage)
  }
  if (options.output === 'html' && out === undefined && process.stdout.isTTY) {
    throw new Failure('-o html is a page for a browser. Give it a file with --out', EXIT.usage)
  }
  const written = [decisions, out].filter((path) => path !== undefined)
  if (new Set([file, ...written].map((path) => resolve(path))).size <= written.length) {
    throw new Failure('the recording, --decisions and --out must be different files', EXIT.usage)
  }
  if (decisions !== undefined) checkOutput(decisions, '--decisions')
  if (out !== undefined) checkOutput(out, '--out')
}
