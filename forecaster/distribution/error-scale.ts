/**
 * How large the errors of a forecast are just now: half of what they were in the last hour, half of
 * what they are at this time of day (decision.md §2, `mix`). Counted in observed slots: in a gap of
 * the data its clock stands still.
 */
export interface ErrorScale {
  stepsPerDay: number
  /** |error| of the newest hour of observed slots, as a ring. */
  lastHour: Float64Array
  observed: number
  /** |error| by absolute step modulo seven days; NaN where none was seen. */
  week: Float32Array
}

const DAYS = 7

export function createErrorScale(stepSeconds: number, stepsPerDay: number): ErrorScale {
  return {
    stepsPerDay,
    lastHour: new Float64Array(Math.max(1, Math.round(3600 / stepSeconds))),
    observed: 0,
    week: new Float32Array(DAYS * stepsPerDay).fill(NaN),
  }
}

export function observeError(scale: ErrorScale, step: number, absoluteError: number): void {
  scale.lastHour[scale.observed % scale.lastHour.length] = absoluteError
  scale.observed++
  scale.week[step % scale.week.length] = absoluteError
}

/**
 * Scale of the error expected in slot `step`, in demand units.
 *
 * @param floor added to it, in demand units: keeps a perfect past from promising a perfect future
 * @returns NaN while no error has been seen
 */
export function scaleOf(scale: ErrorScale, step: number, floor: number): number {
  const seen = Math.min(scale.observed, scale.lastHour.length)
  if (seen === 0) return NaN
  let sum = 0
  for (let i = 0; i < seen; i++) sum += scale.lastHour[i] ?? 0
  const lastHour = sum / seen
  const timeOfDay = timeOfDayError(scale, step)
  return (Number.isNaN(timeOfDay) ? lastHour : (lastHour + timeOfDay) / 2) + floor
}

/** Mean |error| within 15 minutes of the same time of day, on every day remembered. */
function timeOfDayError(scale: ErrorScale, step: number): number {
  const reach = Math.round(scale.stepsPerDay / 96)
  const slots = scale.week.length
  let sum = 0
  let count = 0
  for (let day = 0; day < DAYS; day++) {
    const centre = step + day * scale.stepsPerDay
    for (let s = centre - reach; s <= centre + reach; s++) {
      const value = scale.week[((s % slots) + slots) % slots] ?? NaN
      if (value === value) {
        sum += value
        count++
      }
    }
  }
  return count === 0 ? NaN : sum / count
}
