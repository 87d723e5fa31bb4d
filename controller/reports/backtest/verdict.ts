import { amount, counted, minutes, percent } from '../numbers.ts'
import { cautionsOf } from './cautions.ts'
import { type Headline, headline } from './headline.ts'
import { hpaWords } from './hpa-words.ts'
import type { BacktestReport, PolicyRow, Saving } from './report.ts'

type Findings = Omit<BacktestReport, 'format' | 'version' | 'verdict' | 'cautions' | 'thresholds'>

/**
 * What the backtest comes to, in sentences. The first says whether predicting pays; a saving never
 * stands without the violated minutes of both sides. Cautions say where all of it deserves less trust.
 */
export function verdictOf(found: Findings): Pick<BacktestReport, 'verdict' | 'cautions'> {
  const foresail = found.policies.find(({ policy }) => policy === 'foresail')
  const first = firstOf(foresail, found)
  const cautions = cautionsOf(found, first)
  if (foresail === undefined || found.assumptions.scoredSteps === 0) {
    return { verdict: [first.sentence], cautions }
  }
  const verdict = [
    first.sentence,
    whatForesailDid(foresail, found),
    ...whatItsPastSaid(found),
    ...found.savings
      .filter((saving) => saving !== first.rival)
      .flatMap((saving) => comparison(saving, found)),
    ...againstHpaWithinBudget(foresail, found),
  ]
  return { verdict, cautions }
}

function firstOf(foresail: PolicyRow | undefined, found: Findings): Headline {
  if (found.assumptions.scoredSteps === 0) {
    return noVerdict('nothing after the warm-up can be scored, all of it lies in or after gaps')
  }
  if (foresail === undefined) {
    return noVerdict('Foresail is not among the policies that were asked for')
  }
  if (!found.savings.some(({ against }) => against === 'hpa-at-equal-violations')) {
    return noVerdict('the best HPA is not among the policies that were asked for')
  }
  return headline(foresail, found.savings)
}

function noVerdict(why: string): Headline {
  return { sentence: `No verdict: ${why}.`, rival: null, pays: true }
}

function whatForesailDid(foresail: PolicyRow, { assumptions }: Findings): string {
  const { violationPercent, violatedMinutes, replicaHours } = foresail
  const { violationBudgetPercent: budget, scoredDays } = assumptions
  const did =
    `Foresail: ${amount(replicaHours)} replica-hours in ${counted(scoredDays, 'day')}, ` +
    `short in ${minutes(violatedMinutes)}, ${percent(violationPercent)} of the time`
  if (budget === null) return `${did}.`
  if (violationPercent <= budget) return `${did}; up to ${percent(budget)} was asked.`
  const more = percent(violationPercent) === percent(budget) ? 'a little more' : 'more'
  return `${did}: ${more} than the ${percent(budget)} that was asked.`
}

/** Foresail judges by replay of its own past, in the cluster as here: where that spoke, it is told. */
function whatItsPastSaid({ ownReplay, assumptions }: Findings): string[] {
  if (ownReplay === null || ownReplay.reactingPercent === 0) return []
  const { reactingPercent, predictingPays } = ownReplay
  const lead = assumptions.actuator === 'hpa' ? 'left it to the HPA alone' : 'only reacted'
  const end =
    predictingPays === true
      ? 'and says at the end that predicting pays'
      : 'and says at the end: not predictable'
  return [
    `Judging by its own past, as in a cluster, Foresail ${lead} in ${percent(reactingPercent)} of the time, ${end}.`,
  ]
}

/** The others stand in the table of savings: a wall of sentences is not read. */
function comparison(saving: Saving, found: Findings): string[] {
  switch (saving.against) {
    case 'hpa-at-equal-violations':
      return [againstBestHpa(saving, found)]
    case 'clairvoyant':
      return [overClairvoyant(saving)]
    case 'hpa':
      return [againstRun('the HPA as configured', saving)]
    case 'static-peak':
      return [againstRun('a fixed count for the peak of the warm-up', saving)]
    case 'static-p99':
    case 'static-usual':
    case 'static-at-equal-violations':
    case 'yesterday':
    case 'yesterday-at-equal-violations':
      return []
  }
}

function againstRun(name: string, saving: Saving): string {
  return (
    `Against ${name} (${saving.setting}): ${change(saving)}; it took ` +
    `${amount(saving.replicaHours ?? 0)} and was short in ${minutes(saving.violatedMinutes)}, ` +
    `Foresail in ${minutes(saving.foresailViolatedMinutes)}.`
  )
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
  const savedPercent = (100 * (best.replicaHours - foresail.replicaHours)) / best.replicaHours
  return [
    `Against the cheapest HPA in hindsight that keeps the ${percent(budget)} asked (${hpaWords(best)}): ${change({ savedPercent })}; ` +
      `it took ${amount(best.replicaHours)} and was short ${percent(best.violationPercent)} of the time, ` +
      `Foresail ${percent(foresail.violationPercent)}.`,
  ]
}

function overClairvoyant({ replicaHours, savedReplicaHours }: Saving): string {
  const over = (100 * -(savedReplicaHours ?? 0)) / (replicaHours ?? NaN)
  const than = `the clairvoyant, which is never short and knows the future: ${percent(Math.abs(over))} (${amount(replicaHours ?? 0)} replica-hours)`
  return over >= 0 ? `Over ${than}.` : `Below ${than}, because Foresail was short.`
}

function change({ savedPercent }: Pick<Saving, 'savedPercent'>): string {
  const saved = savedPercent ?? 0
  if (saved === 0) return 'as many replica-hours'
  return `${percent(Math.abs(saved))} ${saved >= 0 ? 'fewer' : 'more'} replica-hours`
}
