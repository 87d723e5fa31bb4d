import { statedCapacity } from '../api/demand.ts'
import type { ConditionReason } from '../api/reasons.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { closedSlots } from '../prometheus/closed-slots.ts'
import { type CombinedDemand, combineSignals, type SignalValues } from './combine-signals.ts'
import type { MetricsSource, RangeAnswer } from './ports.ts'

/** Slots by absolute step, both included. */
export interface StepSpan {
  firstStep: number
  lastStep: number
  stepSeconds: number
}

/** A signal that could not be read, in words for a condition. */
export interface SignalProblem {
  signal: string
  reason: ConditionReason
  message: string
}

export interface Observed {
  demand: CombinedDemand
  /** Each signal by itself, in its own unit. */
  signals: SignalValues[]
  problems: SignalProblem[]
}

/** Reads every demand signal over the span. A signal that fails is absent, and said so. */
export async function observe(
  sources: ReadonlyMap<string, MetricsSource>,
  spec: PredictiveScalerSpec,
  span: StepSpan,
  signal: AbortSignal,
): Promise<Observed> {
  const { firstStep, lastStep, stepSeconds } = span
  const seconds = { firstSeconds: firstStep * stepSeconds, lastSeconds: lastStep * stepSeconds }
  const read = spec.demand.map(async (demand) => {
    const { source: sourceName, query } = demand.prometheus ?? { source: '', query: '' }
    const source = sources.get(sourceName)
    const answer: RangeAnswer | 'unknown' =
      source === undefined
        ? 'unknown'
        : await source.range(closedSlots(query, { ...seconds, stepSeconds }), signal)
    const slots = lastStep - firstStep + 1
    const known = typeof answer === 'object' && answer.kind === 'values'
    return {
      values: {
        name: demand.name,
        values: known ? answer.values : new Float64Array(slots).fill(NaN),
        capacityPerReplica: statedCapacity(demand) ?? NaN,
        partial: known && answer.warnings.length > 0,
      },
      problem: problemOf(demand.name, sourceName, answer, [...sources.keys()]),
    }
  })
  const answers = await Promise.all(read)
  const signals = answers.map(({ values }) => values)
  return {
    ...{ demand: combineSignals(signals), signals },
    problems: answers.flatMap(({ problem }) => problem ?? []),
  }
}

function problemOf(
  signal: string,
  sourceName: string,
  answer: RangeAnswer | 'unknown',
  configured: readonly string[],
): SignalProblem | null {
  if (answer === 'unknown') {
    const have = configured.length === 0 ? 'none is' : `configured: ${configured.join(', ')}`
    const message = `demand "${signal}" names the source "${sourceName}", which the controller does not know (${have})`
    return { signal, reason: 'UnknownSource', message }
  }
  switch (answer.kind) {
    case 'values':
      return answer.warnings.length === 0
        ? null
        : {
            signal,
            reason: 'SourcePartial',
            message: `demand "${signal}": ${answer.warnings.join('; ')}`,
          }
    case 'empty':
      return {
        signal,
        reason: 'NoSeries',
        message: `demand "${signal}": the query answers with nothing; check it in Prometheus`,
      }
    case 'several':
      return {
        signal,
        reason: 'SeveralSeries',
        message: `demand "${signal}": the query answers with ${answer.series.length} series; wrap it in sum()`,
      }
    case 'error':
      return { signal, reason: answer.reason, message: `demand "${signal}": ${answer.message}` }
  }
}
