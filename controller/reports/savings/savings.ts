import { percentileLinear } from '../../../forecaster/outcome/percentile.ts'
import { replicasFor } from '../../../forecaster/replay/offered-load.ts'
import { forecastError } from './forecast-error.ts'
import { readyUnderHpaAlone } from './hpa-alone.ts'
import { type PolicyOutcome, policyOutcome } from './policy-outcome.ts'
import { type Recorded, SERIES_NAMES } from './recorded.ts'
import type { Alternative, AlternativeName, Saved, Savings } from './savings-result.ts'
import { changesOf, countSlots, inBoth, slotsKnown, sumOver } from './slots-known.ts'

export type SavingsAnswer =
  | { kind: 'savings'; savings: Savings }
  | { kind: 'too-little'; comparedSlots: number }

/** Less than this compared says nothing. */
export const LEAST_COMPARED_SECONDS = 600

/**
 * Judges what ran and its alternatives, all over the same slots: those in which demand, Ready pods and,
 * where it is told at all, the HPA's count are known. A missing slot counts nowhere.
 */
export function savingsOf(recorded: Recorded): SavingsAnswer {
  const { series, slots, stepSeconds, startSeconds } = recorded
  const { demand } = series
  const least = series['least ready']
  const facts = slotsKnown(demand, least, series['mean ready'])
  const enough = (mask: Uint8Array) => countSlots(mask) * stepSeconds >= LEAST_COMPARED_SECONDS
  if (!enough(facts)) return { kind: 'too-little', comparedSlots: countSlots(facts) }

  const hpa = hpaAlone(recorded, facts, enough)
  const compared = hpa.ready === null ? facts : inBoth(facts, slotsKnown(hpa.ready))
  const judged = (ready: Float64Array) => policyOutcome({ demand, compared, ready, stepSeconds })
  // Pods come and go within a slot: the least of them serve its demand, all of them are paid for.
  const replicaHours = (sumOver(compared, series['mean ready']) * stepSeconds) / 3600
  const ran = { ...judged(least), replicaHours }
  const alternative = (policy: AlternativeName, replicas: number | null, ready: Float64Array) =>
    alternativeTo(ran, policy, replicas, judged(ready))

  const alternatives: Alternative[] = []
  if (hpa.ready !== null) alternatives.push(alternative('hpa-alone', null, hpa.ready))
  const need = demand.map((replicas) => replicasFor(replicas, 1))
  for (const [policy, share] of FIXED) {
    const replicas = fixedCount(need, share)
    alternatives.push(alternative(policy, replicas, new Float64Array(slots).fill(replicas)))
  }
  const minutes = (mask: Uint8Array) => (countSlots(mask) * stepSeconds) / 60
  const savings: Savings = {
    namespace: recorded.namespace,
    name: recorded.name,
    startSeconds,
    endSeconds: startSeconds + slots * stepSeconds,
    stepSeconds,
    slots,
    comparedSlots: countSlots(compared),
    ran,
    alternatives,
    hpaAloneAbsent: hpa.absent,
    forecast: forecastError(series),
    fallback: {
      minutes: (sumOver(slotsKnown(series.fallback), series.fallback) * stepSeconds) / 60,
      knownMinutes: minutes(slotsKnown(series.fallback)),
    },
    observedMinutes: minutes(inBoth(compared, slotsKnown(series.observing))),
    leadSeconds: series.lead.findLast((seconds) => !Number.isNaN(seconds)) ?? null,
    capacityChanges: changesOf(series.capacity),
    seen: SERIES_NAMES.map((name) => {
      const seen = countSlots(slotsKnown(series[name]))
      return { series: name, seen, missing: slots - seen }
    }),
    warnings: recorded.warnings,
    timeline: {
      demand,
      median: series['forecast 0.5'],
      high: series['forecast 0.95'],
      need,
      ready: least,
      hpaReady: hpa.ready ?? new Float64Array(slots).fill(NaN),
    },
  }
  return { kind: 'savings', savings }
}

/** Fixed counts by the share of slots whose need they cover. */
const FIXED = [
  ['fixed-largest', 1],
  ['fixed-usual', 0.5],
] as const

/** The least count that is one, so that nothing is not called a service. */
function fixedCount(need: Float64Array, share: number): number {
  const known = need.filter((replicas) => !Number.isNaN(replicas)).sort()
  return Math.max(1, Math.ceil(percentileLinear(known, share)))
}

function hpaAlone(
  { series, stepSeconds }: Recorded,
  facts: Uint8Array,
  enough: (mask: Uint8Array) => boolean,
): { ready: Float64Array; absent: null } | { ready: null; absent: Savings['hpaAloneAbsent'] } {
  const desired = series['hpa alone']
  if (countSlots(slotsKnown(desired)) === 0) return { ready: null, absent: 'NoCount' }
  const ready = readyUnderHpaAlone(desired, series.lead, stepSeconds)
  if (ready === null) return { ready, absent: 'NoLead' }
  if (!enough(inBoth(facts, slotsKnown(ready)))) return { ready: null, absent: 'TooFewSlots' }
  return { ready, absent: null }
}

function alternativeTo(
  ran: PolicyOutcome,
  policy: AlternativeName,
  replicas: number | null,
  outcome: PolicyOutcome,
): Alternative {
  const replicaHours = outcome.replicaHours - ran.replicaHours
  const saved: Saved = {
    replicaHours,
    percent: outcome.replicaHours === 0 ? null : (100 * replicaHours) / outcome.replicaHours,
    violatedMinutes: outcome.violatedMinutes - ran.violatedMinutes,
  }
  return { policy, replicas, outcome, saved }
}
