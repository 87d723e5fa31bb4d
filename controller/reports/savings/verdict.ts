import { amount, minutes, percent } from '../numbers.ts'
import type { Alternative, Saved, Savings } from './savings-result.ts'

/** More than this share missing is said in the verdict, in per cent. */
const MUCH_MISSING_PERCENT = 1

/**
 * What the report comes to, in sentences. A saving never stands without the violated minutes of both
 * sides.
 */
export function verdictOf(savings: Savings): string[] {
  const hpaAlone = savings.alternatives.find(({ policy }) => policy === 'hpa-alone')
  return [
    hpaAlone === undefined ? withoutHpaAlone(savings) : againstHpaAlone(savings, hpaAlone),
    whatRan(savings),
    ...savings.alternatives
      .filter(({ policy }) => policy !== 'hpa-alone')
      .map((fixed) => againstFixed(savings, fixed)),
    ...limits(savings),
  ]
}

function againstHpaAlone({ ran }: Savings, { saved, outcome }: Alternative): string {
  const shortMinutes = `short in ${minutes(ran.violatedMinutes)} against ${amount(outcome.violatedMinutes)}`
  const isTrade = saved.replicaHours * saved.violatedMinutes < 0
  return `What ran took ${compared(saved, 'the HPA alone would have')}, ${isTrade ? 'but' : 'and'} was ${shortMinutes}.`
}

const HPA_ALONE_ABSENT = {
  NoCount: 'the controller told no count for it (it knows no target of the HPA)',
  NoLead:
    'the controller told no lead time, so it is not known when its pods would have been Ready',
  TooFewSlots: 'its count is known in less than an hour of the compared time',
}

function withoutHpaAlone({ hpaAloneAbsent }: Savings): string {
  const why = HPA_ALONE_ABSENT[hpaAloneAbsent ?? 'NoCount']
  return `No comparison with the HPA alone: ${why}.`
}

function whatRan({ ran, comparedSlots, stepSeconds, observedMinutes }: Savings): string {
  const comparedHours = (comparedSlots * stepSeconds) / 3600
  const did =
    `What ran: ${amount(ran.replicaHours)} replica-hours in ${amount(comparedHours)} compared hours, ` +
    `short in ${minutes(ran.violatedMinutes)} (${percent(ran.violationPercent)} of the time).`
  if (observedMinutes === 0) return did
  const share = percent(observedMinutes / (0.6 * comparedHours))
  return `${did} Foresail only observed in ${share} of it: what ran then was not its doing.`
}

function againstFixed({ ran }: Savings, { policy, replicas, outcome, saved }: Alternative): string {
  const what = policy === 'fixed-largest' ? 'the largest need seen' : 'the median need'
  return (
    `A fixed count of ${amount(replicas ?? 0)}, ${what}: ${amount(outcome.replicaHours)} replica-hours, ` +
    `short in ${minutes(outcome.violatedMinutes)}; what ran took ${compared(saved, 'that')}, ` +
    `short in ${minutes(ran.violatedMinutes)}.`
  )
}

/** A difference below this is none, in per cent. */
const NONE_PERCENT = 0.01

function compared({ replicaHours, percent: share }: Saved, other: string): string {
  if (share === null || Math.abs(share) < NONE_PERCENT) return `as many replica-hours as ${other}`
  const change = replicaHours >= 0 ? 'fewer' : 'more'
  return `${percent(Math.abs(share))} ${change} replica-hours than ${other}`
}

/** What makes the numbers say less than they seem to. */
function limits(savings: Savings): string[] {
  const { slots, comparedSlots, stepSeconds, fallback, capacityChanges, warnings } = savings
  const said: string[] = []
  const missing = slots - comparedSlots
  if (missing > (MUCH_MISSING_PERCENT / 100) * slots) {
    said.push(
      `${percent((100 * missing) / slots)} of the window is not compared (${minutes((missing * stepSeconds) / 60)}): ` +
        'something of it is missing. It counts nowhere.',
    )
  }
  if (fallback.minutes > 0) {
    said.push(`The fallback was in force in ${minutes(fallback.minutes)}: no fresh samples then.`)
  }
  if (capacityChanges > 0) {
    const times = capacityChanges === 1 ? 'once' : `${amount(capacityChanges)} times`
    said.push(
      `The stated capacity changed ${times} in the window: replicas before and after are not the same.`,
    )
  }
  if (warnings.length > 0)
    said.push(`Prometheus warns that this is partial: ${warnings.join('; ')}.`)
  return said
}
