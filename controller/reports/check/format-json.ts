import type { CheckReport } from './check-report.ts'

/** The report as JSON, as {@link CheckReport} documents it; numbers to nine significant digits. */
export function formatJson(report: CheckReport): string {
  const shorter = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : value
  return `${JSON.stringify(report, shorter, 2)}\n`
}
