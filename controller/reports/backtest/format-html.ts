import type { PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'
import { chartFigure } from '../chart.ts'
import { htmlTable } from '../html-table.ts'
import { explanations, page, section } from '../page.ts'
import { assumptionLines } from './assumption-lines.ts'
import { costChart } from './cost-chart.ts'
import { COVERAGE_CAPTION, coverageCells } from './coverage-cells.ts'
import { explanationsOf } from './explanations.ts'
import { joined, POLICY_HEADS, policyCells } from './policy-cells.ts'
import type { BacktestReport } from './report.ts'
import { timeChart } from './time-chart.ts'

/** The report as one HTML file that needs nothing else, with every scored slot of the replay in it. */
export function formatHtml(
  report: BacktestReport,
  replayed: { world: BacktestWorld; results: readonly PolicyResult[] },
): string {
  return page({
    title: `Foresail backtest of ${report.recording.file}`,
    verdict: report.verdict,
    sections: [
      section('Result', policyTable(report)),
      section('Demand and Ready replicas', chartFigure(timeChart(replayed))),
      section('Cost against violations', costChart(report)),
      ...(report.coverage.length === 0 ? [] : [section('Forecast', coverageTable(report))]),
      section('What was assumed', explanations(assumptionLines(report))),
      section('What the numbers mean', explanations(explanationsOf(report))),
    ],
  })
}

function policyTable({ policies }: BacktestReport): string {
  return htmlTable({
    caption: 'Every policy on the same recording, with the same start-up of pods',
    head: ['policy', ...POLICY_HEADS.slice(2).map(joined)],
    rows: policies.map((row) => [`${row.policy}: ${row.setting}`, ...policyCells(row).slice(2)]),
  })
}

function coverageTable({ coverage }: BacktestReport): string {
  const [head, achieved] = coverageCells(coverage)
  return htmlTable({ caption: `Coverage: ${COVERAGE_CAPTION}`, head, rows: [achieved] })
}
