import type { BacktestReport, PolicyRow } from './report.ts'

/** Heads of the table, and what stands under each; null is an empty cell. */
const COLUMNS: readonly [head: string, cell: (row: PolicyRow) => string | number | null][] = [
  ['policy', (row) => row.policy],
  ['setting', (row) => row.setting],
  ['replica_hours', (row) => row.replicaHours],
  ['times_clairvoyant', (row) => row.timesClairvoyant],
  ['violation_percent', (row) => row.violationPercent],
  ['violated_minutes', (row) => row.violatedMinutes],
  ['demand_short_percent', (row) => row.demandShortPercent],
  ['longest_shortage_minutes', (row) => row.longestShortageMinutes],
  ['scale_events_per_day', (row) => row.scaleEventsPerDay],
  ['reversals_per_day', (row) => row.reversalsPerDay],
  ['peak_replicas', (row) => row.peakReplicas],
]

/** The policies as CSV, one row each; numbers to nine significant digits, what is not known empty. */
export function formatCsv({ policies }: BacktestReport): string {
  const rows = policies.map((row) => COLUMNS.map(([, cell]) => written(cell(row))))
  return [COLUMNS.map(([head]) => head), ...rows].map((cells) => `${cells.join(',')}\n`).join('')
}

function written(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(Number(cell.toPrecision(9)))
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
