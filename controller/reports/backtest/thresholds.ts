import { timeSpan } from '../numbers.ts'
import type { BacktestReport, ThresholdResult } from './report.ts'
import { THRESHOLD_METRICS, type ThresholdMetric } from './threshold-metrics.ts'

export const THRESHOLD_OPERATORS = ['<=', '<', '>=', '>'] as const

/** What a run must reach, as `violations<=1%`. */
export interface Threshold {
  /** As it was written. */
  text: string
  metric: ThresholdMetric
  operator: (typeof THRESHOLD_OPERATORS)[number]
  /** In per cent, seconds or plain, by the metric's unit. */
  value: number
}

/** Holds every threshold against what was measured; what is not known is missed. */
export function evaluate(
  thresholds: readonly Threshold[],
  measured: Pick<BacktestReport, 'assumptions' | 'policies' | 'savings' | 'coverage'>,
): ThresholdResult[] {
  const isScored = measured.assumptions.scoredSteps > 0
  return thresholds.map(({ text, metric, operator, value }) => {
    const actual = isScored ? metric.valueOf(measured) : null
    return {
      threshold: text,
      metric: metric.name,
      actual,
      met: actual !== null && HOLDS[operator](actual, value),
    }
  })
}

const HOLDS: Record<Threshold['operator'], (actual: number, value: number) => boolean> = {
  '<=': (actual, value) => actual <= value,
  '<': (actual, value) => actual < value,
  '>=': (actual, value) => actual >= value,
  '>': (actual, value) => actual > value,
}

/** The value that decided, in the metric's unit and exact enough to see on which side it lies. */
export function actualWords({ metric, actual }: ThresholdResult): string {
  if (actual === null) return 'not known'
  const unit = THRESHOLD_METRICS.find(({ name }) => name === metric)?.unit
  if (unit === 'seconds') return timeSpan(actual)
  if (unit === 'percent') return `${Number(actual.toPrecision(6))} %`
  return actual.toLocaleString('en-US', { maximumSignificantDigits: 6 })
}

/** `1 of 2 thresholds missed: savings_vs_hpa>=10% (7.4 %)`; null where all are met. */
export function missedWords(results: readonly ThresholdResult[]): string | null {
  const missed = results.filter(({ met }) => !met)
  if (missed.length === 0) return null
  const named = missed.map((result) => `${result.threshold} (${actualWords(result)})`)
  const thresholds = results.length === 1 ? 'threshold' : 'thresholds'
  return `${missed.length} of ${results.length} ${thresholds} missed: ${named.join(', ')}`
}
