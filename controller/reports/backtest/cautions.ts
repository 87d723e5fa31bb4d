import { counted, percent, timeSpan } from '../numbers.ts'
import type { Headline } from './headline.ts'
import type { BacktestReport, PolicyRow } from './report.ts'

/** From here on what happens within a step is too much to leave unsaid. */
const COARSE_STEP_SECONDS = 3600
/** Days below which one odd day decides. */
const FEW_DAYS = 3
/** The most that spec.leadTime.maxSeconds may be. */
const FARTHEST_LEAD_SECONDS = 3600
const MUCH_MISSING_PERCENT = 1

type Circumstances = Pick<BacktestReport, 'recording' | 'assumptions' | 'policies' | 'ownReplay'>

/** Why a verdict deserves less trust than its numbers suggest: sentences, the gravest first. */
export function cautionsOf(found: Circumstances, { rival, pays }: Headline): string[] {
  const foresail = found.policies.find(({ policy }) => policy === 'foresail')
  return [
    ...coarseSteps(found),
    ...slowStart(found),
    ...littleScored(found),
    ...lowMaximum(found, foresail),
    ...manyGaps(found),
    ...failedForecasters(found),
    ...(pays || rival === null ? [] : notPredictable(rival.against, found)),
  ]
}

function coarseSteps({ recording: { stepSeconds }, assumptions }: Circumstances): string[] {
  const { startUpSeconds, leadSteps } = assumptions
  const replayedSeconds = leadSteps * stepSeconds
  if (replayedSeconds < 2 * startUpSeconds) {
    return stepSeconds < COARSE_STEP_SECONDS
      ? []
      : [`A row every ${timeSpan(stepSeconds)}: what happens within a step is not seen.`]
  }
  return [
    `A row every ${timeSpan(stepSeconds)} cannot show a start-up of ${timeSpan(startUpSeconds)}: ` +
      `pods are replayed as Ready after ${timeSpan(replayedSeconds)}, for every policy. Record every minute.`,
  ]
}

function slowStart({ assumptions: { startUpSeconds } }: Circumstances): string[] {
  if (startUpSeconds <= FARTHEST_LEAD_SECONDS) return []
  return [
    `Pods take ${timeSpan(startUpSeconds)} to start: in a cluster Foresail plans at most ${timeSpan(FARTHEST_LEAD_SECONDS)} ahead.`,
  ]
}

function littleScored({ assumptions: { scoredDays } }: Circumstances): string[] {
  if (scoredDays >= FEW_DAYS) return []
  if (scoredDays < 1) {
    return [`Only ${areScored(scoredDays * 24, 'hour')}: too little to judge by. Record longer.`]
  }
  return [`Only ${areScored(scoredDays, 'day')}: one odd day decides. Record longer.`]
}

function areScored(value: number, unit: string): string {
  const amount = counted(value, unit)
  return `${amount} ${amount.endsWith('s') ? 'are' : 'is'} scored`
}

function lowMaximum(
  { assumptions: { maxReplicas, beyondMaxPercent } }: Circumstances,
  foresail: PolicyRow | undefined,
): string[] {
  const most = counted(maxReplicas, 'replica')
  if (beyondMaxPercent > 0) {
    return [
      `Demand needs more than the maximum of ${most} in ${percent(beyondMaxPercent)} of the time, and no policy ` +
        'can serve it then. Raise it (--max) and look again.',
    ]
  }
  if (foresail?.peakReplicas == null || foresail.peakReplicas < maxReplicas) return []
  return [`Foresail ran into the maximum of ${most}. Raise it (--max) and look again.`]
}

function failedForecasters({ ownReplay }: Circumstances): string[] {
  return (ownReplay?.failedForecasters ?? []).map(
    ({ name, why }) => `The forecaster ${name} failed and was left out: it ${why}.`,
  )
}

function manyGaps({ recording: { samples, missingSamples } }: Circumstances): string[] {
  const missing = (100 * missingSamples) / samples
  if (missing <= MUCH_MISSING_PERCENT) return []
  return [
    `${percent(missing)} of the samples are missing: nothing in a gap of more than three, nor soon after it, is scored.`,
  ]
}

function notPredictable(rival: string, { policies }: Circumstances): string[] {
  if (rival === 'hpa') {
    return ['Not predictable: the HPA as configured does as well alone. Leave this workload to it.']
  }
  const best = policies.find(({ policy }) => policy === 'hpa-best')
  if (rival !== 'hpa-at-equal-violations' || best === undefined) return []
  return [
    `Not predictable beyond what an HPA sees: tuned in hindsight (${best.setting}) it does as well alone.`,
  ]
}
