import { headline } from './headline.ts'
import { amount, minutes, percent } from './numbers.ts'
import { hpaWords } from './policy-rows.ts'
import type { BacktestReport, PolicyRow, Saving } from './report.ts'

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
  const { sentence, against } = headline(foresail, found.policies, found.savings)
  return [
    sentence,
    whatForesailDid(foresail, found),
    ...found.savings
      .filter((saving) => saving.against !== against)
      .map((saving) => comparison(saving, found)),
    ...againstHpaWithinBudget(foresail, found),
    ...limits(foresail, found),
  ]
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

function comparison(saving: Saving, found: Findings): string {
  switch (saving.against) {
    case 'hpa-at-equal-violations':
      return againstBestHpa(saving, found)
    case 'clairvoyant':
      return overClairvoyant(saving)
    case 'hpa':
    case 'static-peak':
    case 'static-usual': {
      const row = found.policies.find(({ policy }) => policy === saving.against)
      return (
        `Against ${NAMES[saving.against]} (${row?.setting ?? ''}): ${change(saving)}; it took ` +
        `${amount(saving.replicaHours ?? 0)} and was short in ${minutes(saving.violatedMinutes)}, ` +
        `Foresail in ${minutes(saving.foresailViolatedMinutes)}.`
      )
    }
  }
}

function againstBestHpa(saving: Saving, { policies, hpaSweep }: Findings): string {
  const best = policies.find(({ policy }) => policy === 'hpa-best')
  const short = minutes(saving.foresailViolatedMinutes)
  if (saving.replicaHours !== null) {
    return `Against the best HPA, tuned in hindsight, at the same violations (${short}): ${change(saving)}; it took ${amount(saving.replicaHours)}.`
  }
  return (
    `No HPA setting in the sweep is short that seldom. Of ${hpaSweep.length} the closest (${best?.setting ?? ''}) took ` +
    `${amount(best?.replicaHours ?? 0)} and was short in ${minutes(best?.violatedMinutes ?? 0)}, Foresail in ${short}.`
  )
}

/** The cheapest HPA that keeps what was asked, where Foresail keeps it too: it may be short more often. */
function againstHpaWithinBudget(
  foresail: PolicyRow,
  { assumptions, hpaSweep }: Findings,
): string[] {
  const { violationBudgetPercent: budget } = assumptions
  if (budget === null || foresail.violationPercent > budget) return []
  const [best] = hpaSweep
    .filter(({ violationPercent }) => violationPercent <= budget)
    .toSorted((a, b) => a.replicaHours - b.replicaHours)
  if (best === undefined)
    return hpaSweep.length === 0
      ? []
      : [`No HPA setting in the sweep keeps the ${percent(budget)} that was asked.`]
  const saved = (100 * (best.replicaHours - foresail.replicaHours)) / best.replicaHours
  const size = `${percent(Math.abs(saved))} ${saved >= 0 ? 'fewer' : 'more'} replica-hours`
  return [
    `Against the cheapest HPA in hindsight that keeps the ${percent(budget)} asked (${hpaWords(best)}): ${size}; ` +
      `it took ${amount(best.replicaHours)} and was short ${percent(best.violationPercent)} of the time, ` +
      `Foresail ${percent(foresail.violationPercent)}.`,
  ]
}

function overClairvoyant({ replicaHours, savedReplicaHours }: Saving): string {
  const over = (100 * -(savedReplicaHours ?? 0)) / (replicaHours ?? NaN)
  const than = `the clairvoyant, which is never short and knows the future: ${percent(Math.abs(over))} (${amount(replicaHours ?? 0)} replica-hours)`
  return over >= 0 ? `Over ${than}.` : `Below ${than}, because Foresail was short.`
}

function change({ savedPercent }: Saving): string {
  const saved = savedPercent ?? 0
  return `${percent(Math.abs(saved))} ${saved >= 0 ? 'fewer' : 'more'} replica-hours`
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
