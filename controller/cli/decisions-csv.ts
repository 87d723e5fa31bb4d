import { type Series, slotStartSeconds } from '../../forecaster/series/series.ts'

/** Decisions as CSV: one row a slot from the first scored one to the last (PROTOCOL §7). */
export function decisionsCsv(series: Series, firstSlot: number, desired: Int32Array): string {
  const rows = ['timestamp,desired']
  desired.forEach((replicas, i) => {
    rows.push(`${isoSeconds(slotStartSeconds(series, firstSlot + i))},${replicas}`)
  })
  return `${rows.join('\n')}\n`
}

/** ISO-8601 in UTC, without a fraction where there is none. */
function isoSeconds(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z')
}
