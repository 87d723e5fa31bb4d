import { type Command, InvalidArgumentError, Option } from 'commander'

import { createPrometheusSource } from '../prometheus/prometheus-source.ts'
import { readRecorded } from '../reports/savings/read-recorded.ts'
import { reportSpan } from '../reports/savings/report-span.ts'
import { LEAST_COMPARED_SECONDS, savingsOf } from '../reports/savings/savings.ts'
import type { Savings } from '../reports/savings/savings-result.ts'
import { SETTLE_SECONDS } from '../reports/savings/telling-metrics.ts'
import { EXIT, Failure } from './failure.ts'
import { duration } from './option-values.ts'
import { instant } from './prometheus-options.ts'
import { checkOutput, print, writeOutput } from './write-output.ts'

const NOTES = `
Reads Foresail's own metrics of one PredictiveScaler from Prometheus: what was forecast, what came, what
ran, and what the HPA alone would have run. Where nothing can be said (exit code 4) it says what is missing.

Example:
  foresail report shop-web -n shop --prometheus http://localhost:9090 --window 24h -o html --out report.html
`

const FORMATS = ['table', 'json', 'html'] as const

interface ReportOptions {
  namespace: string
  prometheus: string
  window: number
  end?: number
  step: number
  output: (typeof FORMATS)[number]
  out?: string
}

export function define(command: Command): void {
  command
    .argument('<name>', 'the PredictiveScaler', objectName)
    .requiredOption('-n, --namespace <namespace>', 'its namespace', objectName)
    .requiredOption('--prometheus <url>', 'the Prometheus that scrapes the controller')
    .addOption(
      new Option('--window <duration>', 'how far back')
        .argParser(duration)
        .default(7 * 86_400, '7d'),
    )
    .option('--end <time>', 'until when: RFC 3339 or epoch seconds (without it: now)', instant)
    .addOption(
      new Option('--step <duration>', "the controller's step")
        .argParser(duration)
        .default(60, '60s'),
    )
    .addOption(
      new Option('-o, --output <format>', 'format of the report').choices(FORMATS).default('table'),
    )
    .option('--out <file>', 'write the report here instead of printing it')
    .addHelpText('after', NOTES)
    .action(run)
}

async function run(name: string, options: ReportOptions): Promise<void> {
  const nowSeconds = Date.now() / 1000
  checkArguments(options, nowSeconds)
  const { namespace, window, step, end = nowSeconds } = options
  const span = reportSpan(nowSeconds, end, window, step)
  const source = sourceOf(options.prometheus)
  const signal = new AbortController().signal
  const read = await readRecorded(source, { namespace, name }, span, signal)
  if (read.kind === 'unusable') throw new Failure(read.message, EXIT.unavailable)
  const answer = savingsOf(read.recorded)
  if (answer.kind === 'too-little') {
    const minutes = (answer.comparedSlots * step) / 60
    throw new Failure(
      `${namespace}/${name}: demand and Ready pods are both known in only ${minutes} minutes of the ` +
        `window, ${LEAST_COMPARED_SECONDS / 60} are needed. Wait, or ask for a longer --window; where ` +
        `the controller ran longer, check that it is scraped at least every ${step / 2} s`,
      EXIT.unavailable,
    )
  }
  const report = await format(answer.savings, options.output)
  if (options.out === undefined) await print(report)
  else writeOutput(options.out, report)
}

function sourceOf(url: string): ReturnType<typeof createPrometheusSource> {
  try {
    return createPrometheusSource({ url })
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), EXIT.usage)
  }
}

/** Loads the format that is asked for, and no other. */
async function format(savings: Savings, output: ReportOptions['output']): Promise<string> {
  switch (output) {
    case 'table':
      return (await import('../reports/savings/format-table.ts')).formatTable(savings)
    case 'json':
      return (await import('../reports/savings/format-json.ts')).formatJson(savings)
    case 'html':
      return (await import('../reports/savings/format-html.ts')).formatHtml(savings)
  }
}

/** What no single option can see. */
function checkArguments({ window, step, end, out }: ReportOptions, nowSeconds: number): void {
  // Of a shorter step too little is left to be seen in, once the settling time is off.
  if (step < 3 * SETTLE_SECONDS || !Number.isInteger(step)) {
    throw new Failure(`--step ${step}s: whole seconds, at least ${3 * SETTLE_SECONDS}`, EXIT.usage)
  }
  if (window < LEAST_COMPARED_SECONDS || window < step) {
    const least = Math.max(LEAST_COMPARED_SECONDS, step)
    throw new Failure(`--window ${window}s: at least ${least} s are needed`, EXIT.usage)
  }
  if (end !== undefined && end > nowSeconds) {
    throw new Failure('--end lies in the future. Leave it out for now', EXIT.usage)
  }
  if (out !== undefined) checkOutput(out, '--out')
}

/** As Kubernetes names objects; also what makes it safe within a query. */
function objectName(text: string): string {
  if (text.length <= 253 && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(text)) return text
  throw new InvalidArgumentError(
    'Write a name as Kubernetes has it: lower-case letters, digits, - and .',
  )
}
