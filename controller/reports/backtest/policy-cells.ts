import { amount, percent } from '../numbers.ts'
import type { PolicyRow } from './report.ts'

/** Heads of a table of policies, each in two lines. */
export const POLICY_HEADS: readonly (readonly [string, string])[] = [
  ['', 'policy'],
  ['', 'setting'],
  ['replica-', 'hours'],
  ['minutes', 'short'],
  ['time', 'violated'],
  ['demand', 'short'],
  ['longest', 'short, min'],
  ['times', 'clairvoyant'],
  ['scale events', 'a day'],
  ['reversals', 'a day'],
]

/** One policy as the cells of that table. */
export function policyCells(row: PolicyRow): string[] {
  return [
    row.policy,
    row.setting,
    amount(row.replicaHours),
    amount(row.violatedMinutes),
    percent(row.violationPercent),
    percent(row.demandShortPercent),
    amount(row.longestShortageMinutes),
    row.timesClairvoyant === null ? '–' : row.timesClairvoyant.toFixed(3),
    perDay(row.scaleEventsPerDay),
    perDay(row.reversalsPerDay),
  ]
}

/** A head of two lines in one. */
export function joined([upper, lower]: readonly [string, string]): string {
  return upper.endsWith('-') ? `${upper}${lower}` : `${upper} ${lower}`.trim()
}

function perDay(count: number | null): string {
  return count === null ? '–' : amount(count)
}
