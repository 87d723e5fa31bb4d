/** No rhythm that was seen asks for more than this many times the highest need of all the history. */
const TIMES_HIGHEST = 3
/** A workload that never needed more than one pod may well need some. */
const LEAST_REPLICAS = 10

/**
 * The most replicas that a forecast may ask for.
 *
 * @param highestNeed the highest demand ever seen, in replicas; 0 when none was
 * @param demandFactor how many times the usual demand a known event is to bring
 */
export function sanityBound(highestNeed: number, demandFactor: number): number {
  return Math.ceil(
    Math.max(LEAST_REPLICAS, TIMES_HIGHEST * highestNeed * Math.max(1, demandFactor)),
  )
}
