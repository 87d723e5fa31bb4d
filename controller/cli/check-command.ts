import { type Command, Option } from 'commander'

import packageJson from '../../package.json' with { type: 'json' }
import type { CheckReport } from '../reports/check/check-report.ts'
import { formatJson } from '../reports/check/format-json.ts'
import { formatTable } from '../reports/check/format-table.ts'

import { checkFile } from './check-file.ts'
import { EXIT, Failure } from './failure.ts'
import { type RecordingOptions, readOptions, recordingOptions } from './recording-options.ts'
import { print } from './write-output.ts'

const NOTES = `
Every PredictiveScaler in a manifest (YAML, or JSON with an apiVersion) is checked as the API server
would, without a cluster. Every other file is read as a recording, as backtest reads it: all that is
wrong with it is listed, and what is there is described. With a problem the exit code is 3.

Example:
  foresail check scaler.yaml traffic.csv
`

interface CheckOptions extends RecordingOptions {
  filename?: string[]
  output: 'table' | 'json'
}

export function define(command: Command): void {
  command.argument('[file...]', 'manifests and recordings').addHelpText('after', NOTES)
  const filename = new Option('-f, --filename <file...>', 'the same, as kubectl has it')
  const output = new Option('-o, --output <format>', 'format of the result')
  for (const option of [
    filename,
    ...recordingOptions(),
    output.choices(['table', 'json']).default('table'),
  ]) {
    command.addOption(option)
  }
  command.action(check)
}

async function check(given: string[], options: CheckOptions): Promise<void> {
  const files = [...given, ...(options.filename ?? [])]
  if (files.length === 0) throw new Failure('no file: name manifests or recordings', EXIT.usage)
  const checked = await Promise.all(files.map((file) => checkFile(file, readOptions(options))))
  const report: CheckReport = {
    format: 'foresail-check/1',
    version: packageJson.version,
    files: checked,
  }
  const isJson = options.output === 'json'
  const text = isJson ? formatJson(report) : formatTable(report)
  if (text !== '') await print(text)
  const problems = checked
    .flatMap(({ findings }) => findings)
    .flatMap(({ severity, text: words }) => (severity === 'problem' ? [words] : []))
  if (problems.length === 0) return
  const line = isJson ? `problems found: ${problems.length}` : problems.join('\nerror: ')
  throw new Failure(line, EXIT.input)
}
