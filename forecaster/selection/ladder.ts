/** Ten prices at a peak of 20 replicas, which buy violations from about 5 down to 0.1 % of the time. */
const LOWEST_PRICE = 3.125
const FACTOR = 2.56
const RUNGS = 11
const REFERENCE_PEAK = 20

/** The prices that run virtually, ascending; they grow with the peak (decision.md §4). */
export function priceLadder(peakReplicas: number): Float64Array {
  return Float64Array.from(
    { length: RUNGS },
    (_, rung) => ((LOWEST_PRICE * peakReplicas) / REFERENCE_PEAK) * FACTOR ** rung,
  )
}
