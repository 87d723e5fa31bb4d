/**
 * Scores the day-ahead forecast over every trace of a folder, beside same time yesterday.
 *
 *   node benchmarks/day-ahead.ts FOLDER [--step 60] [--origins 4] [--only prefix]
 */
import { parseArgs } from 'node:util'

import { type DayAheadScore, originsOf, PROBABILITIES, scoreDayAhead } from './day-ahead-score.ts'
import { geometricMean } from './equal-violations.ts'
import { markdownTable } from './markdown-table.ts'
import { tracesOf } from './traces-of.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    step: { type: 'string', default: '60' },
    origins: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
  },
})
const [folder] = positionals
const stepSeconds = Number(values.step)
const origins = Number(values.origins)
if (folder === undefined || !(stepSeconds > 0) || !(Number.isInteger(origins) && origins > 0)) {
  process.stderr.write(
    'usage: node benchmarks/day-ahead.ts FOLDER [--step seconds] [--origins n] [--only prefix]\n',
  )
  process.exit(2)
}
const traces = tracesOf(folder, stepSeconds, values.only)
const scores = traces.map((trace) => scoreDayAhead(trace, originsOf(trace.series, origins)))
process.stdout.write(
  `${traces.length} traces, step ${stepSeconds} s. Loss: pinball over that of same time yesterday ` +
    'with its residual quantile, summed over the origins.\n\n' +
    `${table(scores)}\n`,
)

function table(of: readonly DayAheadScore[]): string {
  const head = PROBABILITIES.map((probability) => `q${Math.round(probability * 100)}`)
  const lossOf = (p: number) =>
    geometricMean(of.flatMap(({ lossRatio }) => lossRatio[p] ?? []).filter((x) => !Number.isNaN(x)))
  const meanOf = (numberOf: (score: DayAheadScore) => number) =>
    of.reduce((sum, score) => sum + numberOf(score), 0) / of.length
  return markdownTable(
    [
      'trace',
      'origins',
      'slots',
      'without forecast',
      ...head.map((name) => `loss ${name}`),
      ...head.map((name) => `coverage ${name}`),
      'ms',
    ],
    [
      ...of.map((score) => [
        score.trace,
        String(score.origins),
        String(score.slots),
        String(score.withoutForecast),
        ...score.lossRatio.map((ratio) => (Number.isNaN(ratio) ? '-' : ratio.toFixed(2))),
        ...score.coverage.map((share) => share.toFixed(3)),
        score.milliseconds.toFixed(0),
      ]),
      [
        'geometric mean of losses, mean of the rest',
        ...['', '', ''],
        ...PROBABILITIES.map((_, p) => lossOf(p)?.toFixed(3) ?? '-'),
        ...PROBABILITIES.map((_, p) => meanOf(({ coverage }) => coverage[p] ?? NaN).toFixed(3)),
        meanOf(({ milliseconds }) => milliseconds).toFixed(0),
      ],
    ],
  )
}
