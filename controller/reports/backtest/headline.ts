import { amount, minutes, percent } from '../numbers.ts'
import type { PolicyRow, Rival, Saving } from './report.ts'

/** A difference below this is a tie: the next week may turn it. */
const TIE_PERCENT = 2

export interface Headline {
  sentence: string
  /** What Foresail is held against in it: the cheapest of all that is short no more often. */
  rival: Saving | null
  /** Whether predicting saves more than luck could. */
  pays: boolean
}

/**
 * Whether predicting pays: Foresail against the cheapest of all that is short no more often, be it an
 * HPA, a fixed count or yesterday. The clairvoyant is no rival: nobody has one.
 */
export function headline(foresail: PolicyRow, savings: readonly Saving[]): Headline {
  const rival = cheapestRival(savings)
  if (rival?.savedPercent == null) {
    const sentence =
      'Predicting keeps demand served where nothing else does: no HPA setting in the sweep is short that seldom ' +
      `(Foresail in ${minutes(foresail.violatedMinutes)}).`
    return { sentence, rival: null, pays: true }
  }
  const than =
    `replica-hours (${amount(foresail.replicaHours)} against ${amount(rival.replicaHours ?? 0)}) than ${named(rival)}, ` +
    `the cheapest here that is short no more often (Foresail: ${minutes(foresail.violatedMinutes)})`
  const saved = rival.savedPercent
  return { sentence: judged(saved, than), rival, pays: saved >= TIE_PERCENT }
}

function judged(saved: number, than: string): string {
  if (saved >= TIE_PERCENT) return `Predicting pays: ${percent(saved)} fewer ${than}.`
  if (saved <= -TIE_PERCENT) {
    return `Predicting does not pay here: Foresail is dearer, ${percent(-saved)} more ${than}.`
  }
  if (saved === 0)
    return `Predicting brings nothing here: as many ${than.replace(' than ', ' as ')}.`
  const size = `${percent(Math.abs(saved))} ${saved < 0 ? 'more' : 'fewer'}`
  return `A tie, predicting hardly pays here: ${size} ${than}.`
}

/** Of two that cost the same, the one that was run: nobody had to pick it in hindsight. */
function cheapestRival(savings: readonly Saving[]): Saving | undefined {
  return savings
    .filter(
      ({ against, savedPercent, violatedMinutes, foresailViolatedMinutes }) =>
        against !== 'clairvoyant' &&
        savedPercent !== null &&
        violatedMinutes <= foresailViolatedMinutes,
    )
    .toSorted(
      (a, b) => (a.replicaHours ?? 0) - (b.replicaHours ?? 0) || inHindsight(a) - inHindsight(b),
    )[0]
}

function inHindsight({ against }: Saving): number {
  return against.endsWith('-at-equal-violations') ? 1 : 0
}

function named({ against, setting }: Saving): string {
  return NAMES[against](setting)
}

const NAMES: Record<Rival, (setting: string) => string> = {
  hpa: (setting) => `the HPA as configured (${setting})`,
  'hpa-at-equal-violations': () =>
    'the best HPA, tuned in hindsight and read off at the same violations',
  'static-peak': (setting) => `a fixed count of ${setting}`,
  'static-p99': (setting) => `a fixed count of ${setting}`,
  'static-usual': (setting) => `a fixed count of ${setting}`,
  'static-at-equal-violations': (setting) => `a fixed count of ${setting}, picked in hindsight`,
  yesterday: (setting) => `same-time-yesterday (${setting})`,
  'yesterday-at-equal-violations': () =>
    'same-time-yesterday over an HPA, margin and target tuned in hindsight',
  clairvoyant: () => 'the clairvoyant',
}
