import { amount, counted, figure, percent, timeSpan } from './numbers.ts'
import type { BacktestReport } from './report.ts'

/** Everything that was taken as given, and how to state it otherwise. */
export function assumptionLines(
  report: Pick<BacktestReport, 'recording' | 'assumptions'>,
): [what: string, value: string][] {
  const { recording, assumptions } = report
  const { stepSeconds } = recording
  const day = (stamp: string) => stamp.slice(0, 16).replace('T', ' ')
  return [
    [
      'recording',
      `${recording.file}: ${day(recording.start)} to ${day(recording.end)} UTC, a sample every ${timeSpan(stepSeconds)}, ` +
        `${amount(recording.missingSamples)} of ${amount(recording.samples)} missing`,
    ],
    [
      'scored',
      `${counted(assumptions.scoredDays, 'day')}, after ${timeSpan(assumptions.warmUpSeconds)} of warm-up (--warm-up)`,
    ],
    [
      'capacity',
      `a replica carries ${figure(assumptions.capacityPerReplica)}: ${capacityWords(assumptions)}`,
    ],
    [
      'start-up',
      `a pod is Ready ${timeSpan(assumptions.startUpSeconds)} after it is asked for, ` +
        `replayed as ${timeSpan(assumptions.leadSteps * stepSeconds)} (--start-up)`,
    ],
    [
      'limits',
      `${amount(assumptions.minReplicas)} to ${counted(assumptions.maxReplicas, 'replica')}` +
        (assumptions.maxFrom === 'assumed'
          ? ', the maximum out of the way (--min, --max)'
          : ' (--min, --max)'),
    ],
    [
      'risk',
      `${riskWords(assumptions)}; the largest need of ${timeSpan(assumptions.holdSeconds)} is held`,
    ],
    [
      'replay',
      'decisions see no sample newer than the step before; demand is as recorded, whatever was short; Foresail scales the pods itself, no HPA beneath',
    ],
  ]
}

function capacityWords(assumptions: BacktestReport['assumptions']): string {
  switch (assumptions.capacityFrom) {
    case 'stated':
      return `as stated; the busy hours of the warm-up need ${amount(assumptions.peakReplicas)}`
    case 'peak-replicas':
      return `so that ${amount(assumptions.peakReplicas)} carry the busy hours of the warm-up, as stated (--peak-replicas)`
    case 'assumed':
      return `ASSUMED so that ${amount(assumptions.peakReplicas)} carry the busy hours of the warm-up; state yours (--capacity)`
  }
}

function riskWords(assumptions: BacktestReport['assumptions']): string {
  const { violationBudgetPercent, violationPrice, quantile } = assumptions
  if (violationBudgetPercent !== null) {
    return `demand may exceed capacity ${percent(violationBudgetPercent)} of the time (--violation-budget)`
  }
  if (violationPrice !== null) {
    return `a violated minute is worth ${figure(violationPrice)} replica-minutes (--violation-price)`
  }
  return `planned for the ${quantile ?? ''} quantile of demand (--quantile)`
}
