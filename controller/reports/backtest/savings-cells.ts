import { amount, minutes, percent } from '../numbers.ts'
import type { BacktestReport, Rival, Saving } from './report.ts'

/** Heads of a table of savings, each in two lines. */
export const SAVINGS_HEADS: readonly (readonly [string, string])[] = [
  ['', 'against'],
  ['', 'setting'],
  ['replica-', 'hours'],
  ['Foresail', 'saves'],
  ['minutes', 'short'],
]

/** What all savings are savings of. */
export function savingsCaption({ policies }: Pick<BacktestReport, 'policies'>): string {
  const foresail = policies.find(({ policy }) => policy === 'foresail')
  if (foresail === undefined) return ''
  const { replicaHours, violatedMinutes } = foresail
  return (
    `Foresail took ${amount(replicaHours)} replica-hours and was short in ${minutes(violatedMinutes)}. ` +
    'More pods always buy fewer shortages: the rows "short as often" tell most.'
  )
}

/** One saving as the cells of that table. */
export function savingCells(saving: Saving): string[] {
  const { replicaHours, savedPercent } = saving
  return [
    NAMES[saving.against],
    saving.setting,
    replicaHours === null ? 'none that seldom' : amount(replicaHours),
    savedPercent === null ? '–' : percent(savedPercent),
    amount(saving.violatedMinutes),
  ]
}

const NAMES: Record<Rival, string> = {
  hpa: 'hpa',
  'hpa-at-equal-violations': 'best HPA, short as often',
  'static-peak': 'static-peak',
  'static-p99': 'static-p99',
  'static-usual': 'static-usual',
  'static-at-equal-violations': 'least fixed, no more short',
  yesterday: 'yesterday',
  'yesterday-at-equal-violations': 'yesterday, short as often',
  clairvoyant: 'clairvoyant',
}
