import { amount, figure, percent, timeSpan } from '../numbers.ts'
import { periodWords } from '../period-words.ts'
import { labelled } from '../text-layout.ts'
import type { CheckedFile, CheckReport, RecordingDescription } from './check-report.ts'
import { BACKTEST_SECONDS } from './describe-recording.ts'
import { predictingWords } from './predicting-words.ts'

const LABEL_WIDTH = 12

/** What is in the files, for a terminal. Problems are not repeated: they end the command, one a line. */
export function formatTable({ files }: CheckReport): string {
  return files
    .flatMap(fileLines)
    .map((line) => `${line}\n`)
    .join('')
}

function fileLines({ file, kind, ok, scalers, findings, recording }: CheckedFile): string[] {
  if (kind === 'sources' && ok) return [`${file}: ok: metrics sources`]
  if (scalers.length > 0) return [`${file}: ok: PredictiveScaler ${scalers.join(', ')}`]
  if (recording === null) return []
  const remarks = findings.filter(({ severity }) => severity !== 'problem')
  const rows: [label: string, text: string][] = [
    ['span', spanWords(recording)],
    ['samples', sampleWords(recording)],
    ['values', valueWords(recording)],
    ['backtest', backtestWords(recording)],
    ['periods', periodWords(recording.periods)],
    ['predicting', predictingWords(recording)],
    ...remarks.map(({ severity, text }): [string, string] => [severity, text]),
  ]
  return [
    ok
      ? `${file}: ok: a recording`
      : `${file}: a recording that cannot be used as it stands. What is there:`,
    ...rows.flatMap(([label, text]) => labelled(label, LABEL_WIDTH, text)),
  ]
}

function spanWords({ start, end, spanSeconds, stepSeconds }: RecordingDescription): string {
  return `${timeSpan(spanSeconds)}, ${minute(start)} to ${minute(end)} UTC, a sample every ${timeSpan(stepSeconds)}`
}

function sampleWords({ samples, missingSamples, gaps, longestGap }: RecordingDescription): string {
  const all = amount(samples)
  if (longestGap === null) return `${all}, none missing`
  const { start, seconds } = longestGap
  const missing = `${amount(missingSamples)} of ${all} missing`
  return gaps === 1
    ? `${missing}: a gap of ${timeSpan(seconds)} from ${minute(start)}`
    : `${missing}: ${amount(gaps)} gaps, the longest ${timeSpan(seconds)} from ${minute(start)}`
}

function valueWords(recording: RecordingDescription): string {
  const { leastValue, medianValue, mostValue, zeroPercent } = recording
  if (leastValue === null || medianValue === null || mostValue === null) return 'none is known'
  const zeros = zeroPercent === null || zeroPercent === 0 ? 'none' : percent(zeroPercent)
  return `${figure(leastValue)} to ${figure(mostValue)}, median ${figure(medianValue)}; ${zeros} of them zero`
}

function backtestWords({ backtest, spanSeconds, stepSeconds }: RecordingDescription): string {
  const needed = timeSpan(BACKTEST_SECONDS)
  switch (backtest) {
    case 'enough':
      return `long enough: ${timeSpan(BACKTEST_SECONDS - 86_400)} to learn from, the rest to judge by`
    case 'too-short':
      return `too short: ${timeSpan(spanSeconds)} of the ${needed} that it needs (--warm-up needs less)`
    case 'too-coarse':
      return `too coarse: a sample every ${timeSpan(stepSeconds)} does not show a pod start. Record every minute`
  }
}

function minute(stamp: string): string {
  return stamp.slice(0, 16).replace('T', ' ')
}
