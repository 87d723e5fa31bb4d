import { amount, minutes, percent } from './numbers.ts'
import type { PolicyRow, Saving } from './report.ts'

/** A difference below this is a tie: the next week may turn it. */
const TIE_PERCENT = 2

/** What Foresail must beat: something that is short no more often. */
interface Rival {
  against: Saving['against']
  named: string
  replicaHours: number
  savedPercent: number
}

/**
 * Whether predicting pays: Foresail against the cheapest of all that is short no more often, be it an
 * HPA or a fixed count. The clairvoyant is no rival: nobody has one.
 */
export function headline(
  foresail: PolicyRow,
  policies: readonly PolicyRow[],
  savings: readonly Saving[],
): { sentence: string; against: Saving['against'] | null } {
  const hpa = savings.find(({ against }) => against === 'hpa-at-equal-violations')
  if (hpa === undefined) {
    const sentence = 'No verdict: the best HPA is not among the policies that were asked for.'
    return { sentence, against: null }
  }
  const rival = cheapestRival(policies, savings)
  if (rival === null) {
    const sentence =
      'Predicting keeps demand served where nothing else does: no HPA setting in the sweep is short that seldom ' +
      `(Foresail in ${minutes(foresail.violatedMinutes)}).`
    return { sentence, against: null }
  }
  const than =
    `replica-hours (${amount(foresail.replicaHours)} against ${amount(rival.replicaHours)}) than ${rival.named}, ` +
    `the cheapest here that is short no more often (Foresail: ${minutes(foresail.violatedMinutes)})`
  return { sentence: judged(rival.savedPercent, than), against: rival.against }
}

function judged(saved: number, than: string): string {
  if (saved >= TIE_PERCENT) return `Predicting pays: ${percent(saved)} fewer ${than}.`
  if (saved <= -TIE_PERCENT) {
    return `Predicting does not pay here: Foresail is dearer, ${percent(-saved)} more ${than}.`
  }
  const size = `${percent(Math.abs(saved))} ${saved < 0 ? 'more' : 'fewer'}`
  return `A tie, predicting hardly pays here: ${size} ${than}.`
}

function cheapestRival(policies: readonly PolicyRow[], savings: readonly Saving[]): Rival | null {
  const rivals = savings.flatMap((saving): Rival[] => {
    const { against, replicaHours, savedPercent } = saving
    if (replicaHours === null || savedPercent === null) return []
    if (saving.violatedMinutes > saving.foresailViolatedMinutes) return []
    if (against === 'hpa-at-equal-violations') {
      return [
        {
          against,
          named: 'the best HPA, tuned in hindsight and read off at the same violations',
          replicaHours,
          savedPercent,
        },
      ]
    }
    if (against === 'clairvoyant') return []
    if (against === 'hpa') {
      return [{ against, named: 'the HPA as configured', replicaHours, savedPercent }]
    }
    const row = policies.find(({ policy }) => policy === against)
    return [{ against, named: `a fixed ${row?.setting ?? 'count'}`, replicaHours, savedPercent }]
  })
  return rivals.toSorted((a, b) => a.replicaHours - b.replicaHours)[0] ?? null
}
