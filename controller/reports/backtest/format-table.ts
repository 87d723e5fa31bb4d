import { aligned, labelled, wrapped } from '../text-layout.ts'
import { assumptionLines } from './assumption-lines.ts'
import { COVERAGE_CAPTION, coverageCells } from './coverage-cells.ts'
import { explanationsOf } from './explanations.ts'
import { POLICY_HEADS, policyCells } from './policy-cells.ts'
import type { BacktestReport } from './report.ts'
import { SAVINGS_HEADS, savingCells, savingsCaption } from './savings-cells.ts'
import { thresholdLines } from './threshold-lines.ts'

/** The report for a terminal: thresholds that were asked for, the verdict, and what it rests on. */
export function formatTable(report: BacktestReport): string {
  const blocks = [
    thresholdLines(report.thresholds),
    ['VERDICT', ...verdictLines(report)],
    ['ASSUMED', ...assumptionLines(report).flatMap(([what, text]) => labelled(what, 12, text))],
    ['RESULT', ...aligned([...twoLines(POLICY_HEADS), ...report.policies.map(policyCells)], 2)],
    report.savings.length === 0
      ? []
      : [
          'SAVINGS',
          ...wrapped(savingsCaption(report), '  '),
          ...aligned([...twoLines(SAVINGS_HEADS), ...report.savings.map(savingCells)], 2),
        ],
    report.coverage.length === 0
      ? []
      : [`FORECAST: ${COVERAGE_CAPTION}`, ...aligned(coverageCells(report.coverage), 1)],
    [
      'WHAT IT MEANS',
      ...explanationsOf(report).flatMap(([term, text]) => labelled(term, 24, text)),
    ],
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

/** Cautions stand under the first sentence: what follows is read with them in mind. */
function verdictLines({ verdict: [first = '', ...others], cautions }: BacktestReport): string[] {
  return [
    ...wrapped(first, '  '),
    ...cautions.flatMap((caution) => labelled('CAUTION', 9, caution)),
    ...others.flatMap((line) => wrapped(line, '  ')),
  ]
}

function twoLines(heads: readonly (readonly [string, string])[]): string[][] {
  return [heads.map(([upper]) => upper), heads.map(([, lower]) => lower)]
}
