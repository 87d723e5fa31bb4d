/** At a peak of 20 replicas these buy violations from more than 5 down to less than 0.1 % of the time. */
const LOWEST_PRICE = 3.125
const FACTOR = 2.56
const RUNGS = 11
const REFERENCE_PEAK = 20

/**
 * The prices that run virtually, ascending, in replica-steps a violated step is worth; they grow with the
 * peak (decision.md §4).
 */
export function priceLadder(peakReplicas: number): Float64Array {
  return Float64Array.from(
    { length: RUNGS },
    (_, rung) => ((LOWEST_PRICE * peakReplicas) / REFERENCE_PEAK) * FACTOR ** rung,
  )
}
