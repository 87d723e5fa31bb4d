import { amount, minutes, percent } from './numbers.ts'
import type { BacktestReport, PolicyRow, Saving } from './report.ts'

/** A difference below this is a tie: the next week may turn it. */
const TIE_PERCENT = 2

type Findings = Omit<BacktestReport, 'format' | 'version' | 'verdict'>

/**
 * What the backtest comes to, in sentences. The first says whether predicting pays; a saving never
 * stands without the violated minutes of both sides.
 */
export function verdictOf(found: Findings): string[] {
  const foresail = found.policies.find(({ policy }) => policy === 'foresail')
  if (foresail === undefined) {
    return ['No verdict: Foresail is not among the policies that were asked for.']
  }
  return [
    headline(foresail, found),
    whatForesailDid(foresail, found),
    ...found.savings.flatMap((saving) => comparison(saving, found) ?? []),
    ...limits(foresail, found),
  ]
}

function headline(foresail: PolicyRow, { savings }: Findings): string {
  const equal = savings.find(({ against }) => against === 'hpa-at-equal-violations')
  const short = `short in ${minutes(foresail.violatedMinutes)}`
  if (equal === undefined) {
    return 'No verdict: the best HPA is not among the policies that were asked for.'
  }
  if (equal.replicaHours === null || equal.savedPercent === null) {
    return `Predicting keeps demand served where an HPA does not: Foresail was ${short}, and no HPA setting in the sweep is short that seldom.`
  }
  const { savedPercent: saved } = equal
  const than =
    `(${amount(foresail.replicaHours)} against ${amount(equal.replicaHours)}) than the best HPA, tuned in hindsight, ` +
    `at the same violations (${minutes(foresail.violatedMinutes)})`
  if (saved >= TIE_PERCENT) return `Predicting pays: ${percent(saved)} fewer replica-hours ${than}.`
  if (saved <= -TIE_PERCENT) {
    return `Predicting does not pay here: Foresail is dearer, ${percent(-saved)} more replica-hours ${than}.`
  }
  const size = `${percent(Math.abs(saved))} ${saved < 0 ? 'more' : 'fewer'}`
  return `A tie: Foresail needs ${size} replica-hours ${than}. Predicting hardly pays here.`
}

function whatForesailDid(foresail: PolicyRow, { assumptions }: Findings): string {
  const { violationPercent, violatedMinutes, replicaHours } = foresail
  const { violationBudgetPercent: budget, scoredDays } = assumptions
  const did =
    `Foresail: ${amount(replicaHours)} replica-hours in ${amount(scoredDays)} days, ` +
    `short in ${minutes(violatedMinutes)}, ${percent(violationPercent)} of the time`
  if (budget === null) return `${did}.`
  return violationPercent <= budget
    ? `${did}; up to ${percent(budget)} was asked.`
    : `${did}: more than the ${percent(budget)} that was asked.`
}

function comparison(saving: Saving, { policies, hpaSweep }: Findings): string | null {
  const { against, replicaHours, savedPercent, violatedMinutes } = saving
  if (against === 'hpa-at-equal-violations') {
    const best = policies.find(({ policy }) => policy === 'hpa-best')
    if (best === undefined || replicaHours !== null) return null
    const sweep = `${hpaSweep.length} settings`
    return `The HPA that is short least of ${sweep} (${best.setting}): ${amount(best.replicaHours)} replica-hours, short in ${minutes(best.violatedMinutes)}.`
  }
  if (replicaHours === null || savedPercent === null) return null
  if (against === 'clairvoyant') {
    const over = (100 * -(saving.savedReplicaHours ?? 0)) / replicaHours
    return over >= 0
      ? `Over the clairvoyant, which is never short and knows the future: ${percent(over)} (${amount(replicaHours)} replica-hours).`
      : `Below the clairvoyant, which is never short and knows the future: ${percent(-over)} (${amount(replicaHours)} replica-hours), because Foresail was short.`
  }
  const row = policies.find(({ policy }) => policy === against)
  const change = savedPercent >= 0 ? 'fewer' : 'more'
  return (
    `Against ${NAMES[against]} (${row?.setting ?? ''}): ${percent(Math.abs(savedPercent))} ${change} replica-hours; ` +
    `it took ${amount(replicaHours)} and was short in ${minutes(violatedMinutes)}, Foresail in ${minutes(saving.foresailViolatedMinutes)}.`
  )
}

const NAMES = {
  hpa: 'the HPA as configured',
  'static-peak': 'a fixed count for the peak of the warm-up',
  'static-usual': 'a fixed count for the usual demand of the warm-up',
}

/** What makes the numbers say less than they seem to. */
function limits(foresail: PolicyRow, { assumptions, recording }: Findings): string[] {
  const said: string[] = []
  if (foresail.peakReplicas !== null && foresail.peakReplicas >= assumptions.maxReplicas) {
    said.push(
      `Foresail ran into the maximum of ${amount(assumptions.maxReplicas)} replicas: raise --max and look again.`,
    )
  }
  if (assumptions.scoredDays < 1) {
    said.push(
      `Only ${amount(assumptions.scoredDays * 24)} hours are scored: too little to judge by.`,
    )
  }
  if (recording.missingSamples > 0.01 * recording.samples) {
    const share = percent((100 * recording.missingSamples) / recording.samples)
    said.push(`${share} of the samples are missing; slots in and after long gaps are not scored.`)
  }
  return said
}
