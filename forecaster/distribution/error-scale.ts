import { cellStepsOf } from '../series/cells.ts'

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
  /** Slots that share one memory of their time of day: five minutes. */
  cellSteps: number
  /** Sum and number of |error| by cell, counted from the epoch, modulo seven days. */
  weekSum: Float32Array
  weekCount: Uint16Array
  /** The cell written to last. */
  cell: number
}

const DAYS = 7

export function createErrorScale(stepSeconds: number, stepsPerDay: number): ErrorScale {
  const cellSteps = cellStepsOf(stepSeconds, stepsPerDay)
  const cells = (DAYS * stepsPerDay) / cellSteps
  return {
    stepsPerDay,
    lastHour: new Float64Array(Math.max(1, Math.round(3600 / stepSeconds))),
    observed: 0,
    cellSteps,
    weekSum: new Float32Array(cells),
    weekCount: new Uint16Array(cells),
    cell: -1,
  }
}

export function observeError(scale: ErrorScale, step: number, absoluteError: number): void {
  scale.lastHour[scale.observed % scale.lastHour.length] = absoluteError
  scale.observed++
  const cell = Math.floor(step / scale.cellSteps)
  const slot = cell % scale.weekSum.length
  if (cell !== scale.cell) {
    // What this cell held is seven days old.
    scale.cell = cell
    scale.weekSum[slot] = 0
    scale.weekCount[slot] = 0
  }
  scale.weekSum[slot] = (scale.weekSum[slot] ?? 0) + absoluteError
  scale.weekCount[slot] = (scale.weekCount[slot] ?? 0) + 1
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
  const { stepsPerDay, cellSteps, weekSum, weekCount } = scale
  const reach = Math.round(stepsPerDay / 96)
  const cells = weekSum.length
  const first = Math.floor((step - reach) / cellSteps)
  const last = Math.floor((step + reach) / cellSteps)
  let sum = 0
  let count = 0
  for (let day = 0; day < DAYS; day++) {
    for (let cell = first; cell <= last; cell++) {
      const slot = (cell + (day * stepsPerDay) / cellSteps) % cells
      sum += weekSum[slot] ?? 0
      count += weekCount[slot] ?? 0
    }
  }
  return count === 0 ? NaN : sum / count
}
