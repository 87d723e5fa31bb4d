import type { Command } from 'commander'

import { fetchRecording } from './fetch-recording.ts'
import { addPrometheusOptions, type PrometheusOptions } from './prometheus-options.ts'
import { checkOutput, print, writeOutput } from './write-output.ts'

const NOTES = `
Writes what a query was, slot by slot, as the CSV that backtest and check read: a slot's start and its value,
empty where there is no sample. A point of Prometheus at T looks back, so it is the slot before T.

Example:
  foresail history --prometheus http://localhost:9090 --window 14d --out traffic.csv \\
    --query 'sum(rate(http_requests_total{app="shop-web"}[2m]))'
`

export function define(command: Command): void {
  addPrometheusOptions(command)
  command
    .option('--out <file>', 'write the CSV here instead of printing it')
    .addHelpText('after', NOTES)
    .action(run)
}

async function run(options: PrometheusOptions & { out?: string }): Promise<void> {
  const { out } = options
  if (out !== undefined) checkOutput(out, '--out')
  const { csv, remarks, slots } = await fetchRecording(options, Date.now() / 1000)
  if (out === undefined) await print(csv)
  else writeOutput(out, csv)
  for (const remark of remarks) process.stderr.write(`${remark}\n`)
  if (out !== undefined) process.stderr.write(`wrote ${slots} slots to ${out}\n`)
}
