import type { BacktestReport } from './report.ts'

/** The report as JSON, as {@link BacktestReport} documents it; numbers to nine significant digits. */
export function formatJson(report: BacktestReport): string {
  const shorter = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : value
  return `${JSON.stringify(report, shorter, 2)}\n`
}
