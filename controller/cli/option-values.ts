import { InvalidArgumentError } from 'commander'

import {
  type LogNormal,
  logNormalThrough,
  sameForAll,
} from '../../forecaster/lead-time/log-normal.ts'
import { parsePercent } from '../api/percent.ts'

import { parseDuration } from './duration.ts'

/** Values of options: each parser takes the user's text, or says what it should have been. */

export function duration(text: string): number {
  const seconds = parseDuration(text)
  if (seconds !== undefined && seconds > 0) return seconds
  throw new InvalidArgumentError('Write a duration such as 90s, 3m, 1m30s or 7d.')
}

/** A wider spread is a slip of the pen: one pod in a hundred would take a thousand times the median. */
const WIDEST_LOG_SD = 3

/** One duration for every pod, or the median and a higher percentile of them. */
export function startUp(text: string): LogNormal {
  if (!text.includes('=')) return sameForAll(duration(text))
  const points = /^p50=(\w+), *p(\d\d)=(\w+)$/.exec(text)
  const median = parseDuration(points?.[1] ?? '') ?? NaN
  const percentile = Number(points?.[2])
  const higher = parseDuration(points?.[3] ?? '') ?? NaN
  if (!(median > 0 && percentile > 50 && higher >= median)) {
    throw new InvalidArgumentError(
      'Write a duration such as 90s, or the median and a higher percentile such as p50=120s,p90=240s.',
    )
  }
  const spread = logNormalThrough(median, percentile / 100, higher)
  if (spread.logSd <= WIDEST_LOG_SD) return spread
  throw new InvalidArgumentError(
    'The two are too far apart for one distribution: write percentiles of pods that did start.',
  )
}

export function positiveNumber(text: string): number {
  const value = /^\d/.test(text) ? Number(text) : NaN
  if (Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('Write a number above 0.')
}

export function replicaCount(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (value >= 1) return value
  throw new InvalidArgumentError('Write a whole number of replicas, at least 1.')
}

/** A percentage as a share: `1%` is 0.01. */
export function percentage(least: string, most: string): (text: string) => number {
  const [low = 0, high = 1] = [least, most].map(parsePercent)
  return (text) => {
    const share = parsePercent(text)
    if (share !== undefined && share >= low && share <= high) return share
    throw new InvalidArgumentError(`Write a percentage from ${least} to ${most}.`)
  }
}

export function probability(text: string): number {
  const value = /^0?\.\d{1,9}$/.test(text) ? Number(text) : NaN
  if (value >= 0.5 && value < 1) return value
  throw new InvalidArgumentError('Write a probability from 0.5 to below 1, such as 0.99.')
}

/** Several of the known names, separated by commas. */
export function namesOf<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) => {
    const asked = text.split(',').map((name) => name.trim())
    const unknown = asked.find((name) => !known.some((one) => one === name))
    if (unknown === undefined) return known.filter((name) => asked.includes(name))
    throw new InvalidArgumentError(`"${unknown}" is none of ${known.join(', ')}.`)
  }
}
