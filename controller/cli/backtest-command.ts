import { resolve } from 'node:path'

import type { Command } from 'commander'
import {
  type BacktestSettings,
  backtest,
  type PolicyResult,
} from '../../forecaster/backtest/backtest.ts'
import { holdSteps } from '../../forecaster/plans/hold.ts'
import type { Risk } from '../../forecaster/plans/plan.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { readRecording } from '../recordings/read-recording.ts'
import { recordingWorld } from '../recordings/recording-world.ts'
import { type BacktestRun, createReport } from '../reports/backtest/create-report.ts'
import { addBacktestOptions, type BacktestOptions } from './backtest-options.ts'
import { decisionsCsv } from './decisions-csv.ts'
import { EXIT, Failure } from './failure.ts'
import { whileWorking } from './progress.ts'
import { checkOutput, print, writeOutput } from './write-output.ts'

const NOTES = `
TRAFFIC.csv holds rows of timestamp,value: total demand, oldest first, on one step. Timestamps are
ISO-8601 or epoch seconds; an empty value is a gap. It must reach a day beyond the warm-up; with
--decisions less will do. A file that is missing or not a recording ends with exit code 3.

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
  const backtested = await whileWorking(`Replaying ${file} …`, () => runBacktest(file, options))
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

function runBacktest(file: string, options: BacktestOptions): BacktestRun {
  const series = readRecording(file, { time: options.timeColumn, value: options.valueColumn })
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
      startUpSeconds: options.startUp,
      warmUpSeconds: options.warmUp,
      leastScoredSeconds: options.decisions === undefined ? 86_400 : 0,
    },
    file,
  )
  const settings: BacktestSettings = {
    policies: options.policies,
    risk: riskOf(options),
    holdSteps: holdSteps(world.leadSteps, series.stepSeconds, HPA_STABILIZATION_SECONDS),
    hpa: {
      targetPercent: Number((100 * options.hpaTarget).toPrecision(9)),
      stabilizationSeconds: HPA_STABILIZATION_SECONDS,
    },
  }
  const results: PolicyResult[] = backtest(world, settings)
  const { startUp: startUpSeconds } = options
  return { version: packageJson.version, file, world, stated, startUpSeconds, settings, results }
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
