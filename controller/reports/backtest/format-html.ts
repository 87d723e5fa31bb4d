import type { PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'
import { chartFigure } from '../chart.ts'
import { htmlTable } from '../html-table.ts'
import { explanations, page, section, sectionLink } from '../page.ts'
import { assumptionLines } from './assumption-lines.ts'
import { costChart } from './cost-chart.ts'
import { COVERAGE_CAPTION, coverageCells } from './coverage-cells.ts'
import { explanationsOf } from './explanations.ts'
import { joined, POLICY_HEADS, policyCells } from './policy-cells.ts'
import type { BacktestReport } from './report.ts'
import { SAVINGS_HEADS, savingCells, savingsCaption } from './savings-cells.ts'
import { actualWords } from './thresholds.ts'
import { timeChart } from './time-chart.ts'

/** The report as one HTML file that needs nothing else, with every scored slot of the replay in it. */
export function formatHtml(
  report: BacktestReport,
  replayed: { world: BacktestWorld; results: readonly PolicyResult[] },
): string {
  return page({
    title: `Foresail backtest of ${report.recording.file}`,
    verdict: report.verdict,
    cautions: report.cautions,
    sections: [
      ...(report.thresholds.length === 0 ? [] : [section('Thresholds', thresholdTable(report))]),
      section('Result', policyTable(report), sectionLink(MEANING)),
      ...(report.savings.length === 0 ? [] : [section('Savings', savingsTable(report))]),
      section('Demand and Ready replicas', chartFigure(timeChart(replayed))),
      section('Cost against violations', costChart(report)),
      ...(report.coverage.length === 0 ? [] : [section('Forecast', coverageTable(report))]),
      section('What was assumed', explanations(assumptionLines(report))),
      section(MEANING, explanations(explanationsOf(report))),
    ],
  })
}

const MEANING = 'What the numbers mean'

function policyTable({ policies }: BacktestReport): string {
  return htmlTable({
    caption: 'Every policy on the same recording, with the same start-up of pods',
    head: ['policy', ...POLICY_HEADS.slice(2).map(joined)],
    rows: policies.map((row) => [`${row.policy}: ${row.setting}`, ...policyCells(row).slice(2)]),
  })
}

function savingsTable(report: BacktestReport): string {
  const [, , ...heads] = SAVINGS_HEADS.map(joined)
  return htmlTable({
    caption: savingsCaption(report),
    head: ['against', ...heads],
    rows: report.savings.map((saving) => {
      const [name = '', setting = '', ...cells] = savingCells(saving)
      return [`${name}: ${setting}`, ...cells]
    }),
  })
}

function thresholdTable({ thresholds }: BacktestReport): string {
  return htmlTable({
    caption: 'What was asked to be reached',
    head: ['threshold', 'result', 'actual'],
    rows: thresholds.map((result) => [
      result.threshold,
      result.met ? '✓ pass' : '✗ fail',
      actualWords(result),
    ]),
  })
}

function coverageTable({ coverage }: BacktestReport): string {
  const [head, achieved] = coverageCells(coverage)
  return htmlTable({ caption: `Coverage: ${COVERAGE_CAPTION}`, head, rows: [achieved] })
}
