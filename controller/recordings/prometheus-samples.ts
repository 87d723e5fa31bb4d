import { labelSet } from '../prometheus/label-set.ts'
import { type Matrix, parseMatrix } from '../prometheus/matrix-response.ts'
import { SourceFault } from '../prometheus/source-fault.ts'

import type { Findings } from './finding.ts'
import { RecordingProblem } from './recording-problem.ts'
import { demandOf, quoted } from './sample.ts'
import { addSample, type Samples } from './sample-list.ts'
import { severalSeries } from './several-series.ts'

/**
 * The samples of a Prometheus `query_range` answer, under the times of its points; a value that is no
 * demand is a finding, and one that is not finite a gap.
 *
 * @throws RecordingProblem when the text is no such answer, or has other than one series
 */
export function prometheusSamples(text: string, file: string, findings: Findings): Samples {
  const samples: Samples = { rows: [], atMs: [], values: [] }
  pointsOf(text, file).forEach(([seconds, written], i) => {
    const row = i + 1
    const number = Number(written)
    const parsed = Number.isFinite(number) ? demandOf(number) : NaN
    const isFault = typeof parsed !== 'number'
    if (isFault) findings.add({ severity: 'problem', ...parsed }, row)
    else if (Number.isNaN(parsed)) {
      const what = `${quoted(written)} is no finite number`
      const todo = 'It is taken as a gap'
      findings.add({ severity: 'note', kind: 'gap-mark', what, todo }, row)
    }
    const value = isFault ? NaN : parsed
    const atMs = Math.round(seconds * 1000)
    addSample(samples, { row, stamp: String(seconds), atMs, value }, findings)
  })
  return samples
}

function pointsOf(text: string, file: string): [seconds: number, value: string][] {
  try {
    const { series } = parseMatrix(text.replace(/^\ufeff/, ''))
    const [one, ...others] = series
    if (one === undefined) {
      throw new RecordingProblem(
        `${file}: the answer holds no series. Correct the query or its time range, and save it again`,
      )
    }
    if (others.length > 0) throw severalSeries(namesOf(series), file)
    return one.points()
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    if (error.reason === 'NotPrometheus') {
      throw new RecordingProblem(
        `${file}: this JSON is no answer of Prometheus' query_range. ` +
          'Save the whole answer of /api/v1/query_range, or give a CSV of timestamp,value',
      )
    }
    const todo = error.reason === 'BadQuery' ? error.todo : 'ask Prometheus again'
    const sentence = `${todo.charAt(0).toUpperCase()}${todo.slice(1)}, and save its answer`
    throw new RecordingProblem(`${file}: ${error.what}. ${sentence}`)
  }
}

function namesOf(series: Matrix['series']): string[] {
  return series.map(({ labels }) => labelSet(labels))
}
