import { amount, figure } from '../numbers.ts'
import type { Savings, Timeline } from './savings-result.ts'
import { utcMinute } from './utc-minute.ts'

export const HOURLY_HEADS = [
  'hour from',
  'mean demand',
  'mean 50 % forecast',
  'largest need',
  'least Ready',
  'least Ready, HPA alone',
  'slots with demand',
] as const

const HOUR_SECONDS = 3600

/** The charts as a table: one row an hour of the window. */
export function hourlyRows({ timeline, startSeconds, endSeconds, stepSeconds }: Savings) {
  const rows: string[][] = []
  const first = Math.floor(startSeconds / HOUR_SECONDS) * HOUR_SECONDS
  for (let hour = first; hour < endSeconds; hour += HOUR_SECONDS) {
    const from = Math.max(0, Math.ceil((hour - startSeconds) / stepSeconds))
    const to = Math.ceil((hour + HOUR_SECONDS - startSeconds) / stepSeconds)
    const known = (name: keyof Timeline) =>
      timeline[name].subarray(from, to).filter((value) => !Number.isNaN(value))
    const largest = known('need')
    rows.push([
      utcMinute(hour),
      cell(mean(known('demand')), figure),
      cell(mean(known('median')), figure),
      cell(largest.length === 0 ? NaN : Math.max(...largest), amount),
      cell(least(known('ready')), amount),
      cell(least(known('hpaReady')), amount),
      amount(largest.length),
    ])
  }
  return rows
}

function cell(value: number, shown: (value: number) => string): string {
  return Number.isNaN(value) ? 'missing' : shown(value)
}

function mean(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}

function least(values: Float64Array): number {
  return values.length === 0 ? NaN : Math.min(...values)
}
