import type { PrometheusQuery } from '../api/prometheus-query.ts'
import type { ConditionReason } from '../api/reasons.ts'
import { closedSlots } from '../prometheus/closed-slots.ts'
import type { MetricsSource, RangeAnswer } from '../reconcile/ports.ts'

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

/** One query by slot; NaN where nothing is known. */
export interface QueryReading {
  values: Float64Array
  /** The source itself said that its answer is incomplete. */
  partial: boolean
  problem: SignalProblem | null
}

/**
 * Asks one query over the span.
 *
 * @param signal name of the demand signal, for what is said of it
 */
export async function readQuery(
  sources: ReadonlyMap<string, MetricsSource>,
  { source: sourceName, query }: PrometheusQuery,
  span: StepSpan,
  signal: string,
  abort: AbortSignal,
): Promise<QueryReading> {
  const { firstStep, lastStep, stepSeconds } = span
  const seconds = { firstSeconds: firstStep * stepSeconds, lastSeconds: lastStep * stepSeconds }
  const source = sources.get(sourceName)
  const answer =
    source === undefined
      ? null
      : await source.range(closedSlots(query, { ...seconds, stepSeconds }), abort)
  const known = answer?.kind === 'values'
  return {
    values: known ? answer.values : unknownSlots(span),
    partial: known && answer.warnings.length > 0,
    problem:
      answer === null
        ? unknownSource(signal, sourceName, [...sources.keys()])
        : problemOf(signal, answer),
  }
}

export function unknownSlots({ firstStep, lastStep }: StepSpan): Float64Array {
  return new Float64Array(lastStep - firstStep + 1).fill(NaN)
}

function unknownSource(signal: string, name: string, configured: readonly string[]): SignalProblem {
  const have = configured.length === 0 ? 'none is' : `configured: ${configured.join(', ')}`
  const message = `demand "${signal}" names the source "${name}", which the controller does not know (${have})`
  return { signal, reason: 'UnknownSource', message }
}

function problemOf(signal: string, answer: RangeAnswer): SignalProblem | null {
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
