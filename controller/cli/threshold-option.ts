import { InvalidArgumentError } from 'commander'

import { suggest } from '../api/suggest.ts'
import { THRESHOLD_METRICS, type ThresholdMetric } from '../reports/backtest/threshold-metrics.ts'
import { THRESHOLD_OPERATORS, type Threshold } from '../reports/backtest/thresholds.ts'
import { parseDuration } from './duration.ts'

const SHAPE = /^(\w+)\s*([<>=!]+)\s*(\S+(?: %)?)$/
const NAMES = THRESHOLD_METRICS.map(({ name }) => name)

/** One more `metric operator value`, such as `violations<=1%`, after those before it. */
export function threshold(text: string, before: readonly Threshold[] = []): Threshold[] {
  const [, name = '', written = '', value = ''] = SHAPE.exec(text.trim()) ?? []
  if (name === '') {
    throw new InvalidArgumentError(`Write metric, operator and value, such as 'violations<=1%'.`)
  }
  const metric = THRESHOLD_METRICS.find((known) => known.name === name)
  if (metric === undefined) {
    const meant = suggest(name, NAMES)
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
    throw new InvalidArgumentError(
      `"${name}" is no metric.${hint} The metrics are ${NAMES.join(', ')}.`,
    )
  }
  const operator = THRESHOLD_OPERATORS.find((known) => known === written)
  if (operator === undefined) {
    throw new InvalidArgumentError(
      `"${written}" is none of ${THRESHOLD_OPERATORS.join(' ')}, between metric and value.`,
    )
  }
  return [...before, { text: text.trim(), metric, operator, value: valueOf(metric, value) }]
}

function valueOf({ name, unit }: ThresholdMetric, text: string): number {
  const { parse, wanted } = VALUES[unit]
  const value = parse(text)
  if (value !== undefined) return value
  throw new InvalidArgumentError(`${name} is compared with ${wanted}, not with "${text}".`)
}

const VALUES: Record<
  ThresholdMetric['unit'],
  { parse: (text: string) => number | undefined; wanted: string }
> = {
  // A saving may be below zero.
  percent: {
    parse: (text) => decimal(/^(-?\d+(?:\.\d+)?) ?%$/.exec(text)?.[1]),
    wanted: 'a percentage such as 1%',
  },
  seconds: { parse: parseDuration, wanted: 'a duration such as 5m' },
  number: {
    parse: (text) => decimal(/^\d+(?:\.\d+)?$/.exec(text)?.[0]),
    wanted: 'a number such as 1.5',
  },
}

function decimal(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

/** The metrics and what each is, for the help. */
export function thresholdHelp(): string {
  const width = Math.max(...NAMES.map((name) => name.length))
  const lines = THRESHOLD_METRICS.map(
    ({ name, unit, meaning }) => `  ${name.padEnd(width)}  ${UNITS[unit]}  ${meaning}`,
  )
  return lines.join('\n')
}

const UNITS = { percent: '1% ', seconds: '5m ', number: '1.5' }
