export const DAY_SECONDS = 86_400
export const WEEK_SECONDS = 7 * DAY_SECONDS

/** Periods shorter than a day that people schedule by. Each divides the day. */
export const WITHIN_DAY_SECONDS: readonly number[] = [
  5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720,
].map((minutes) => minutes * 60)

/** Cycles to be seen before each is judged by the others. */
const LEAST_CYCLES = 4
/**
 * A week is judged from two cycles, fourteen days: each slot is then told by one other, and a fifteenth day
 * (Crane's default) would add nothing to that. With fewer than four weeks it must stand on a daily rhythm.
 */
const LEAST_WEEKS = 2
/** A hundredth of a cycle short is not short: recordings end a sample early. */
const SLACK = 0.01

/** Length of recording that a period needs to be judged. */
export function leastSeconds(periodSeconds: number): number {
  return (periodSeconds === WEEK_SECONDS ? LEAST_WEEKS : LEAST_CYCLES) * periodSeconds
}

/** Whether a period was seen so few times that chance can look like it. */
export function isSeldomSeen(periodSeconds: number, seenSeconds: number): boolean {
  return seenSeconds < (LEAST_CYCLES - SLACK) * periodSeconds
}

/** Why a period cannot be judged from a recording of that step and length; null when it can. */
export function whyNotJudged(
  periodSeconds: number,
  stepSeconds: number,
  seenSeconds: number,
): string | null {
  if (periodSeconds < 2 * stepSeconds) return `shorter than two steps of ${stepSeconds} s`
  const needed = leastSeconds(periodSeconds)
  if (seenSeconds >= needed - SLACK * periodSeconds) return null
  return `needs ${spell(needed)}, there are ${spell(seenSeconds)}`
}

function spell(seconds: number): string {
  const [amount, unit] =
    seconds < 2 * 3600
      ? [seconds / 60, 'minutes']
      : seconds < 2 * DAY_SECONDS
        ? [seconds / 3600, 'hours']
        : [seconds / DAY_SECONDS, 'days']
  // Rounded down, so that too little never looks like enough.
  return `${Math.floor(amount * 10) / 10} ${unit}`
}
