import type { Savings } from './savings-result.ts'
import { verdictOf } from './verdict.ts'

/**
 * The report as JSON: {@link Savings} without the timeline, keys in this order, times in ISO-8601 and
 * UTC, numbers to nine significant digits; null is not known, never zero. `format` changes when a key
 * changes its meaning or goes; new keys may come without.
 */
export function formatJson(savings: Savings): string {
  const { startSeconds, endSeconds } = savings
  const report = {
    format: 'foresail-report/1',
    verdict: verdictOf(savings),
    start: new Date(startSeconds * 1000).toISOString(),
    end: new Date(endSeconds * 1000).toISOString(),
    ...savings,
    // Undefined is left out.
    startSeconds: undefined,
    endSeconds: undefined,
    timeline: undefined,
  }
  const shorter = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : value
  return `${JSON.stringify(report, shorter, 2)}\n`
}
