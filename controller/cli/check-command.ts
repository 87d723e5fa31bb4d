import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { slotStartSeconds } from '../../forecaster/series/series.ts'
import { parseManifest } from '../api/parse.ts'
import { formatProblem } from '../api/problem.ts'
import { readRecording } from '../recordings/read-recording.ts'
import { RecordingProblem } from '../recordings/recording-problem.ts'
import { EXIT, Failure } from './failure.ts'
import { print } from './write-output.ts'

const NOTES = `
Manifests end in .yaml, .yml or .json; every PredictiveScaler in them is checked as the API server
would, without a cluster. Everything else is read as a recording for backtest.

Example:
  foresail check scaler.yaml traffic.csv
`

/** A week to learn from and a day to judge by: what backtest needs at its defaults. */
const BACKTEST_DAYS = 8

/** What a file holds, in one line, or what is wrong with it, a line each. */
type Checked = { ok: true; line: string } | { ok: false; lines: string[] }

export function define(command: Command): void {
  command
    .argument('<file...>', 'manifests and recordings')
    .addHelpText('after', NOTES)
    .action(async (files: string[]) => {
      const checked = files.map(check)
      const wrong = checked.flatMap((result) => (result.ok ? [] : result.lines))
      const right = checked.flatMap((result) => (result.ok ? [`${result.line}\n`] : []))
      if (right.length > 0) await print(right.join(''))
      if (wrong.length > 0) throw new Failure(wrong.join('\nerror: '), EXIT.input)
    })
}

function check(file: string): Checked {
  return /\.(ya?ml|json)$/i.test(file) ? checkManifest(file) : checkRecording(file)
}

function checkManifest(file: string): Checked {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, lines: [`${file}: cannot be read (${why}). Check the path`] }
  }
  const { scalers, problems } = parseManifest(text, file)
  if (problems.length > 0) {
    return {
      ok: false,
      lines: problems.map((problem) => `${file}:${problem.line}: ${formatProblem(problem)}`),
    }
  }
  if (scalers.length === 0) {
    return { ok: false, lines: [`${file}: holds no PredictiveScaler. Name the file that does`] }
  }
  const names = scalers.map(({ scaler }) => `${scaler.metadata.namespace}/${scaler.metadata.name}`)
  return { ok: true, line: `${file}: ok: PredictiveScaler ${names.join(', ')}` }
}

function checkRecording(file: string): Checked {
  try {
    const series = readRecording(file)
    const { stepSeconds, values } = series
    const missing = values.filter((value) => Number.isNaN(value)).length
    const days = ((values.length * stepSeconds) / 86_400).toFixed(1)
    const enough = values.length * stepSeconds >= BACKTEST_DAYS * 86_400
    const short = enough ? '' : `; too short for backtest, which needs ${BACKTEST_DAYS} days`
    const from = new Date(slotStartSeconds(series, 0) * 1000).toISOString()
    return {
      ok: true,
      line: `${file}: ok: ${days} days from ${from}, a sample every ${stepSeconds} s, ${missing} of ${values.length} missing${short}`,
    }
  } catch (error) {
    if (error instanceof RecordingProblem) return { ok: false, lines: [error.message] }
    throw error
  }
}
