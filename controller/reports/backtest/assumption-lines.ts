import { amount, counted, figure, percent, timeSpan } from '../numbers.ts'
import { periodWords } from '../period-words.ts'
import { hpaWords } from './hpa-words.ts'
import type { Assumptions, BacktestReport, HpaFacts, OriginOrHpa } from './report.ts'

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
    ['periods', periodWords(recording.periods)],
    [
      'scored',
      `${counted(assumptions.scoredDays, 'day')}, after ${timeSpan(assumptions.warmUpSeconds)} of warm-up (--warm-up)`,
    ],
    [
      'capacity',
      `a replica carries ${figure(assumptions.capacityPerReplica)}: ${capacityWords(assumptions)}`,
    ],
    ['start-up', startUpWords(assumptions, stepSeconds)],
    ['limits', limitWords(assumptions)],
    [
      'risk',
      `${riskWords(assumptions)}; the largest need of ${timeSpan(assumptions.holdSeconds)} is held` +
        (assumptions.holdFrom === 'scaler' ? ' (-f)' : ''),
    ],
  ]
  if (policies.some(({ policy }) => policy === 'hpa')) {
    lines.push(['hpa', `as configured: ${configuredWords(assumptions)}`])
  }
  lines.push(['actuator', actuatorWords(assumptions)])
  if (assumptions.scaler !== null) lines.push(['scaler', scalerWords(assumptions.scaler)])
  const { hpaManifest } = assumptions
  if (hpaManifest !== null) lines.push(['hpa -f', hpaManifestWords(hpaManifest, assumptions)])
  lines.push([
    'replay',
    'decisions see no sample newer than the step before; demand is as recorded, whatever was short',
  ])
  return lines
}

/** Who said so, and with which option one says otherwise: `(--max)`, `(-f)` or `(assumed; --max)`. */
function from(option: string, origin: OriginOrHpa): string {
  switch (origin) {
    case 'stated':
      return `(${option})`
    case 'scaler':
    case 'hpa':
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
  if (minFrom === maxFrom && (minFrom === 'scaler' || minFrom === 'hpa'))
    return `${least} to ${most} (-f)`
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

function scalerWords({ file, namespace, name }: NonNullable<Assumptions['scaler']>): string {
  return `-f is PredictiveScaler ${namespace}/${name} in ${file}; options beside it win`
}

function configuredWords(assumptions: Assumptions): string {
  const { hpaTargetPercent, hpaStabilizationSeconds, hpaFrom, hpaManifest } = assumptions
  const words = hpaWords({
    targetPercent: hpaTargetPercent,
    stabilizationSeconds: hpaStabilizationSeconds,
    ...(hpaManifest?.behavior == null ? {} : { behavior: hpaManifest.behavior }),
  })
  if (hpaManifest === null) return `${words} ${from('--hpa-target', hpaFrom)}`
  return hpaManifest.target === null
    ? `${words} (--hpa-target, the rest -f)`
    : `${words} (-f: ${hpaManifest.target})`
}

function hpaManifestWords(hpa: HpaFacts, { minReplicas, maxReplicas }: Assumptions): string {
  const { file, namespace, name } = hpa
  const sentences = [
    `-f is HorizontalPodAutoscaler ${namespace}/${name} in ${file}`,
    'options beside it win',
  ]
  if (hpa.unusedMetrics.length > 0) {
    sentences.push(`of its metrics not run: ${hpa.unusedMetrics.join(', ')}`)
  }
  if (hpa.minReplicas !== minReplicas || hpa.maxReplicas !== maxReplicas) {
    sentences.push(`the limits above replace its own ${hpa.minReplicas} to ${hpa.maxReplicas}`)
  }
  return sentences.join('; ')
}

function startUpWords(assumptions: Assumptions, stepSeconds: number): string {
  const { startUpSeconds, startUpPercentile, startUpMedianSeconds, leadSteps } = assumptions
  const planned = timeSpan(startUpSeconds)
  const replayed = timeSpan(leadSteps * stepSeconds)
  const origin = from('--start-up', assumptions.startUpFrom)
  if (startUpPercentile === null) {
    return `a pod is Ready ${planned} after it is asked for ${origin}, replayed as ${replayed}`
  }
  return (
    `half of the pods are Ready within ${timeSpan(startUpMedianSeconds)}, ${startUpPercentile} % within ${planned} ${origin}: ` +
    'each takes its own, drawn from a log-normal, the same for every policy; ' +
    `Foresail plans for the ${startUpPercentile} %, ${replayed} in whole steps; the clairvoyant's pods all take the median`
  )
}

function actuatorWords({ guardPercent, guardFrom, ...assumptions }: Assumptions): string {
  if (guardPercent === null) return 'Foresail scales the pods itself, no HPA beneath (--actuator)'
  const behavior = assumptions.hpaManifest?.behavior == null ? '' : ', its behavior the default one'
  const own = `${percent(assumptions.hpaTargetPercent)} ${from('--hpa-target', assumptions.hpaFrom)}`
  if (guardPercent <= assumptions.hpaTargetPercent) {
    return `Foresail moves the floor of an HPA, whose target stays ${own} of the capacity${behavior} (--actuator)`
  }
  return (
    `Foresail moves the floor of an HPA, whose target is ${percent(guardPercent)} of the capacity while the ` +
    `forecast is trusted ${from('--guard', guardFrom)} and ${own} otherwise${behavior} (--actuator)`
  )
}
