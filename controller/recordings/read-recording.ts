import type { Series } from '../../forecaster/series/series.ts'

import { csvSamples } from './csv-samples.ts'
import { createFindings, type Finding, findingText, type RowName } from './finding.ts'
import { prometheusSamples } from './prometheus-samples.ts'
import type { ColumnNames } from './recording-columns.ts'
import { slotsOf } from './recording-grid.ts'
import { RecordingProblem } from './recording-problem.ts'
import { seriesOf } from './recording-series.ts'
import { recordingText } from './recording-text.ts'

export interface ReadOptions extends ColumnNames {
  /** The values are readings of a counter: they become rates per second. */
  isCounter?: boolean | undefined
}

export interface Recording {
  series: Series
  /** Warnings and notes, a line each. */
  remarks: string[]
}

/** All that a recording holds and all that is wrong with it. */
export interface Inspection {
  /** What could be read; null when that is fewer than two stamps. */
  series: Series | null
  findings: Finding[]
  rowName: RowName
}

/**
 * Reads a recording of total demand: a CSV of stamps and values, Grafana's exports among them, or the
 * JSON of a Prometheus `query_range` answer. A missing row, an empty value and `NaN` are gaps.
 *
 * @throws RecordingProblem when it cannot be used as it stands, with the first place that is wrong
 */
export function readRecording(file: string, options: ReadOptions = {}): Recording {
  return recordingOf(recordingText(file), file, options)
}

/**
 * The same from a recording's text.
 *
 * @param file what it is called in messages
 */
export function recordingOf(text: Buffer, file: string, options: ReadOptions = {}): Recording {
  const { series, findings, rowName } = inspectRecording(text, file, options)
  const texts = findings.map((finding) => findingText(finding, file, rowName))
  const problems = findings.filter(({ severity }) => severity === 'problem').length
  if (problems > 0 || series === null) {
    const others = problems > 1 ? `; "foresail check" lists what else is wrong` : ''
    throw new RecordingProblem(`${texts[0] ?? file}${others}`)
  }
  const remarks = findings.map(({ severity }, i) => `${severity}: ${texts[i] ?? ''}`)
  return { series, remarks }
}

/**
 * The same from a recording's text, but what is wrong with single rows is among the findings, and the
 * rest is read.
 *
 * @throws RecordingProblem when the text as a whole is no recording
 */
export function inspectRecording(text: Buffer, file: string, options: ReadOptions): Inspection {
  const findings = createFindings()
  const isJson = /^(?:\ufeff)?\s*[{[]/.test(text.subarray(0, 100).toString())
  const samples = isJson
    ? prometheusSamples(text.toString(), file, findings)
    : csvSamples(text, file, options, findings)
  const placement = slotsOf(samples, findings)
  const kind = { isCounter: options.isCounter ?? false, isPrometheus: isJson }
  const series = placement === null ? null : seriesOf(samples, placement, kind, findings)
  const listed = findings.list()
  if (series === null && !listed.some(({ severity }) => severity === 'problem')) {
    throw new RecordingProblem(`${file}: a single row shows no rhythm. Add rows`, 'too-little')
  }
  return { series, findings: listed, rowName: isJson ? 'point' : 'line' }
}
