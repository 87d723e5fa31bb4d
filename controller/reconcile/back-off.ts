/** A reconcile that failed once may have met a passing fault; one that goes on failing is left alone longer. */
const FIRST_MS = 15_000
const LONGEST_MS = 300_000

/**
 * How long an object is left alone after failures in a row.
 *
 * @param failures at least 1
 * @param random uniform in [0, 1): objects that failed together are not tried again together
 */
export function backOffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return full * (0.75 + 0.5 * random)
}
