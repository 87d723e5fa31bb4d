import { assumptionLines } from './assumption-lines.ts'
import { COVERAGE_CAPTION, coverageCells } from './coverage-cells.ts'
import { EXPLANATIONS } from './explanations.ts'
import { POLICY_HEADS, policyCells } from './policy-cells.ts'
import type { BacktestReport } from './report.ts'
import { aligned, labelled, wrapped } from './text-layout.ts'

/** The report for a terminal: the verdict first. */
export function formatTable(report: BacktestReport): string {
  const heads = [0, 1].map((line) => POLICY_HEADS.map((head) => head[line] ?? ''))
  const blocks = [
    ['VERDICT', ...report.verdict.flatMap((line) => wrapped(line, '  '))],
    ['ASSUMED', ...assumptionLines(report).flatMap(([what, text]) => labelled(what, 12, text))],
    ['RESULT', ...aligned([...heads, ...report.policies.map(policyCells)], 2)],
    report.coverage.length === 0
      ? []
      : [`FORECAST: ${COVERAGE_CAPTION}`, ...aligned(coverageCells(report.coverage), 1)],
    ['WHAT IT MEANS', ...EXPLANATIONS.flatMap(([term, text]) => labelled(term, 24, text))],
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}
