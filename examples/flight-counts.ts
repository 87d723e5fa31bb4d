/** One flight, in minutes since 1970-01-01T00:00Z of the source's clock. It is in the air from
 * `departs` up to, not including, `lands`. */
export interface Flight {
  readonly departs: number
  readonly lands: number
}

export interface Stretch {
  readonly firstMinute: number
  readonly minutes: number
}

const MILES_PER_MINUTE = 7.5
const MINUTES_BESIDE_CRUISE = 35

/** A flight that is early keeps its time. What `clock` and `delay` are in the source, and why that
 * moves a late flight later than it really left, is in the README. */
export const flightOf = (clock: number, delay: number, miles: number): Flight => {
  const departs = clock + Math.max(0, delay)
  return { departs, lands: departs + miles / MILES_PER_MINUTE + MINUTES_BESIDE_CRUISE }
}

const increment = (counts: Int32Array, slot: number, by: number): void => {
  counts[slot] = (counts[slot] ?? 0) + by
}

/** How many flights depart in each minute of the stretch. */
export const departuresPerMinute = (
  flights: Iterable<Flight>,
  { firstMinute, minutes }: Stretch,
): Int32Array => {
  const counts = new Int32Array(minutes)
  for (const { departs } of flights) {
    const slot = departs - firstMinute
    if (slot >= 0 && slot < minutes) increment(counts, slot, 1)
  }
  return counts
}

/** How many flights are in the air at the start of each minute of the stretch. */
export const flightsInAir = (
  flights: Iterable<Flight>,
  { firstMinute, minutes }: Stretch,
): Int32Array => {
  // One slot more than asked for takes the landings after the stretch.
  const changes = new Int32Array(minutes + 1)
  for (const { departs, lands } of flights) {
    // A flight that is up when the stretch begins counts from the first slot on.
    const from = Math.max(0, departs - firstMinute)
    const to = Math.min(minutes, Math.ceil(lands) - firstMinute)
    if (from >= to) continue
    increment(changes, from, 1)
    increment(changes, to, -1)
  }
  let inAir = 0
  return changes.subarray(0, minutes).map((change) => (inAir += change))
}

/** A recording as Foresail reads it. The clock, whatever its zone, is written as if it were UTC. */
export const toCsv = (counts: Int32Array, firstMinute: number): string => {
  const rows = Array.from(counts, (count, slot) => {
    const start = new Date((firstMinute + slot) * 60_000).toISOString()
    return `${start.replace('.000Z', 'Z')},${count}\n`
  })
  return `timestamp,value\n${rows.join('')}`
}
