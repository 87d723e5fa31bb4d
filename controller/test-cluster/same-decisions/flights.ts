import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, '../../../examples/flights-in-air.csv')
const STEP_MS = 60_000
const STEPS_PER_DAY = 1440

/** Recorded demand, moved by whole days so that it goes on now: what a slot held by its start, NaN outside. */
export function flightsUpTo(nowMs: number): (slotStartMs: number) => number {
  const rows = readFileSync(FILE, 'utf8').trimEnd().split('\n').slice(1)
  const values = rows.map((row) => Number(row.split(',')[1]))
  const firstMs = Date.parse(rows[0]?.split(',')[0] ?? '')
  const dayMs = STEPS_PER_DAY * STEP_MS
  const movedMs =
    (Math.floor((nowMs - firstMs) / dayMs) - values.length / STEPS_PER_DAY + 1) * dayMs
  return (slotStartMs) => values[Math.round((slotStartMs - firstMs - movedMs) / STEP_MS)] ?? NaN
}
