import type { HpaSetting } from '../../forecaster/backtest/hpa-policy.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import type { MetricSpec } from '../../forecaster/reactive/hpa/metric-spec.ts'
import type { HpaManifest } from '../hpa/hpa-schema.ts'
import { toHpaSpec } from '../hpa/to-hpa-spec.ts'
import type { HpaFacts } from '../reports/backtest/report.ts'
import { EXIT, Failure } from './failure.ts'

/** An HPA manifest as a backtest can run it: on the one signal that a recording holds. */
export interface HpaBaseline {
  setting: HpaSetting
  facts: HpaFacts
}

/**
 * Its behavior, and the target of its first metric that tells one in per cent of the capacity.
 *
 * @param statedPercent a target that wins over the manifest's
 * @throws Failure (input) where no metric tells one, and none is stated
 */
export function hpaBaseline(
  file: string,
  hpa: HpaManifest,
  statedPercent: number | null,
  capacityPerReplica: number | null,
): HpaBaseline {
  const { metrics, behavior, minReplicas, maxReplicas } = toHpaSpec(hpa)
  const { namespace, name } = hpa.metadata
  const { targetPercent, ...run } =
    statedPercent === null
      ? firstTarget(file, metrics, capacityPerReplica)
      : { targetPercent: statedPercent, target: null, unusedMetrics: [] }
  const stabilizationSeconds =
    behavior?.scaleDown.stabilizationWindowSeconds ?? HPA_STABILIZATION_SECONDS
  return {
    setting: { targetPercent, stabilizationSeconds, ...(behavior === null ? {} : { behavior }) },
    facts: { file, namespace, name, minReplicas, maxReplicas, ...run, behavior },
  }
}

function firstTarget(
  file: string,
  metrics: readonly MetricSpec[],
  capacityPerReplica: number | null,
): Pick<HpaSetting, 'targetPercent'> & Pick<HpaFacts, 'target' | 'unusedMetrics'> {
  const read = metrics.map((metric) => {
    return { name: nameOf(metric), ...targetOf(metric, capacityPerReplica) }
  })
  const used = read.find((one) => 'percent' in one)
  if (used === undefined) {
    const why = read.map(({ name, words }, i) => `spec.metrics[${i}] (${name}) ${words}`).join('; ')
    throw new Failure(
      `${file}: no metric tells a target in per cent of the capacity: ${why}. State it with --hpa-target`,
      EXIT.input,
    )
  }
  return {
    targetPercent: used.percent,
    target: `${used.name} ${used.words}`,
    unusedMetrics: read.filter((one) => one !== used).map(({ name }) => name),
  }
}

/** A share of the capacity and how it is told, or why it is none. */
type Target = { percent: number; words: string } | { words: string }

function targetOf(metric: MetricSpec, capacityPerReplica: number | null): Target {
  if (metric.type === 'Unknown') return { words: 'is of a type that is not known' }
  const { type, averageValue, averageUtilizationPercent } = metric.target
  // Of Objects the HPA follows the type, of all others an average value comes first.
  if (averageValue !== undefined && (metric.type !== 'Object' || type === 'AverageValue')) {
    return averageTarget(Number(averageValue) / 1000, capacityPerReplica)
  }
  if (averageUtilizationPercent === undefined) {
    return { words: 'aims at a Value of the whole workload, which is no target per replica' }
  }
  const percent = averageUtilizationPercent
  return percent <= 100
    ? { percent, words: `at ${percent} % of the request, taken for ${percent} % of the capacity` }
    : {
        words: `aims at ${percent} % of the request, which cannot stand for a share of the capacity`,
      }
}

function averageTarget(value: number, capacityPerReplica: number | null): Target {
  if (capacityPerReplica === null) {
    return { words: `aims at ${value} a replica: state with --capacity how much one carries` }
  }
  const percent = Number(((100 * value) / capacityPerReplica).toPrecision(9))
  const words = `at ${value} a replica of a capacity of ${capacityPerReplica}`
  if (percent >= LEAST_PERCENT && percent <= 100) return { percent, words }
  return { words: `aims ${words}: are both in the unit of the recording?` }
}

/** As for --hpa-target: below, two units are mixed up. */
const LEAST_PERCENT = 1

function nameOf(metric: MetricSpec): string {
  switch (metric.type) {
    case 'Resource':
      return `Resource ${metric.resource}`
    case 'ContainerResource':
      return `ContainerResource ${metric.resource} of ${metric.container}`
    case 'Pods':
    case 'Object':
    case 'External':
      return `${metric.type} ${metric.metric}`
    case 'Unknown':
      return metric.named
  }
}
