import { amount, percent } from '../numbers.ts'
import type { Alternative, AlternativeName, Savings } from './savings-result.ts'

/** Heads of the table of what ran and what could have run, each in two lines. */
export const OUTCOME_HEADS: readonly (readonly [string, string])[] = [
  ['', 'policy'],
  ['replica-', 'hours'],
  ['saved by', 'what ran'],
  ['', 'saved'],
  ['minutes', 'short'],
  ['time', 'short'],
  ['demand', 'short'],
  ['longest', 'short, min'],
]

/** What ran, then each alternative, as the cells of that table. */
export function outcomeRows({ ran, alternatives }: Savings): string[][] {
  return [
    outcomeCells('what ran', ran, null),
    ...alternatives.map(({ policy, replicas, outcome, saved }) =>
      outcomeCells(nameOf(policy, replicas), outcome, saved),
    ),
  ]
}

function outcomeCells(
  name: string,
  outcome: Savings['ran'],
  saved: Alternative['saved'] | null,
): string[] {
  return [
    name,
    amount(outcome.replicaHours),
    saved === null ? '–' : amount(saved.replicaHours),
    saved?.percent == null ? '–' : percent(saved.percent),
    amount(outcome.violatedMinutes),
    percent(outcome.violationPercent),
    percent(outcome.demandShortPercent),
    amount(outcome.longestShortageMinutes),
  ]
}

const NAMES: Record<AlternativeName, string> = {
  'hpa-alone': 'HPA alone',
  'fixed-largest': 'fixed, largest need',
  'fixed-usual': 'fixed, median need',
}

function nameOf(policy: AlternativeName, replicas: number | null): string {
  return replicas === null ? NAMES[policy] : `${NAMES[policy]}: ${amount(replicas)}`
}
