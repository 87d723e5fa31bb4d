import { hpaWords } from './hpa-words.ts'
import { amount, counted, figure, percent, timeSpan } from './numbers.ts'
import type { Assumptions, BacktestReport, Origin } from './report.ts'

/** Everything that was taken as given, where it came from, and how to state it otherwise. */
export function assumptionLines(
  report: Pick<BacktestReport, 'recording' | 'assumptions' | 'policies'>,
): [what: string, value: string][] {
  const { recording, assumptions, policies } = report
  const { stepSeconds } = recording
  const day = (stamp: string) => stamp.slice(0, 16).replace('T', ' ')
  const lines: [string, string][] = [
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
      `a pod is Ready ${timeSpan(assumptions.startUpSeconds)} after it is asked for ${from('--start-up', assumptions.startUpFrom)}, ` +
        `replayed as ${timeSpan(assumptions.leadSteps * stepSeconds)}`,
    ],
    ['limits', limitWords(assumptions)],
    [
      'risk',
      `${riskWords(assumptions)}; the largest need of ${timeSpan(assumptions.holdSeconds)} is held` +
        (assumptions.holdFrom === 'scaler' ? ' (-f)' : ''),
    ],
  ]
  if (policies.some(({ policy }) => policy === 'hpa')) {
    const { hpaTargetPercent: targetPercent, hpaStabilizationSeconds: stabilizationSeconds } =
      assumptions
    lines.push([
      'hpa',
      `as configured: ${hpaWords({ targetPercent, stabilizationSeconds })} ${from('--hpa-target', assumptions.hpaFrom)}`,
    ])
  }
  if (assumptions.scaler !== null) lines.push(['scaler', scalerWords(assumptions.scaler)])
  lines.push([
    'replay',
    'decisions see no sample newer than the step before; demand is as recorded, whatever was short; Foresail scales the pods itself, no HPA beneath',
  ])
  return lines
}

/** Who said so, and with which option one says otherwise: `(--max)`, `(-f)` or `(assumed; --max)`. */
function from(option: string, origin: Origin): string {
  switch (origin) {
    case 'stated':
      return `(${option})`
    case 'scaler':
      return '(-f)'
    case 'assumed':
      return `(assumed; ${option})`
  }
}

function capacityWords(assumptions: Assumptions): string {
  const busy = amount(assumptions.peakReplicas)
  switch (assumptions.capacityFrom) {
    case 'stated':
      return `as stated (--capacity); the busy hours of the warm-up need ${busy}`
    case 'scaler':
      return `spec.demand[0].capacity.averageValue (-f); the busy hours of the warm-up need ${busy}`
    case 'peak-replicas':
      return `so that ${busy} carry the busy hours of the warm-up, as stated (--peak-replicas)`
    case 'assumed':
      return `ASSUMED so that ${busy} carry the busy hours of the warm-up; state yours (--capacity)`
  }
}

function limitWords({ minReplicas, maxReplicas, minFrom, maxFrom }: Assumptions): string {
  const [least, most] = [amount(minReplicas), counted(maxReplicas, 'replica')]
  if (minFrom === 'scaler' && maxFrom === 'scaler') return `${least} to ${most} (-f)`
  const outOfTheWay = maxFrom === 'assumed' ? '(out of the way; --max)' : from('--max', maxFrom)
  return `${least} ${from('--min', minFrom)} to ${most} ${outOfTheWay}`
}

function riskWords(assumptions: Assumptions): string {
  const { violationBudgetPercent, violationPrice, quantile, riskFrom } = assumptions
  if (violationBudgetPercent !== null) {
    return `demand may exceed capacity ${percent(violationBudgetPercent)} of the time ${from('--violation-budget', riskFrom)}`
  }
  if (violationPrice !== null) {
    return `a violated minute is worth ${figure(violationPrice)} replica-minutes ${from('--violation-price', riskFrom)}`
  }
  return `planned for the ${quantile ?? ''} quantile of demand ${from('--quantile', riskFrom)}`
}

function scalerWords({ file, namespace, name, guard }: NonNullable<Assumptions['scaler']>): string {
  const unplayed = guard === null ? '' : `; its guard (${guard}) plays no part in this replay`
  return `-f is PredictiveScaler ${namespace}/${name} in ${file}; options beside it win${unplayed}`
}
