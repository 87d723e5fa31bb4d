import { type History, recentAt, usualErrorAt, valueAt } from '../../series/history.ts'
import { maximumOfNewest, meanOfNewest, slidingMaximum, slidingMean } from '../../series/sliding.ts'

export const FOREST_FEATURES = 24

/**
 * What the forest may look at when each slot firstTarget..lastTarget is forecast from samples up to
 * `horizonSteps` before it (decision.md §2): feature f of target r at [f * rows + r]. NaN is unknown.
 * One row is a forecast, a week of rows a fit: the same columns either way.
 */
export function forestFeatures(
  history: History,
  firstTarget: number,
  lastTarget: number,
  horizonSteps: number,
): Float32Array {
  const { stepsPerDay: day, stepSeconds } = history
  const steps = (minutes: number) => Math.max(1, Math.round((minutes * 60) / stepSeconds))
  const rows = lastTarget - firstTarget + 1
  const table = new Float32Array(rows * FOREST_FEATURES)
  let written = 0
  const put = (valueFor: (target: number) => number) => {
    for (let r = 0; r < rows; r++) table[written++] = valueFor(firstTarget + r)
  }
  const now = (target: number) => target - horizonSteps
  const sample = (step: number) => valueAt(history, step)
  const column = (values: Float32Array, step: number) => values[step - history.firstStep] ?? NaN

  const recent = slots(sample, now(firstTarget) - steps(240), now(lastTarget), rows)
  put((target) => sample(now(target)))
  for (const minutes of [3, 10, 30, 120]) {
    const mean = recent.mean(steps(minutes))
    put((target) => mean(now(target)))
  }
  for (const minutes of [5, 15, 60, 240]) {
    const most = recent.maximum(steps(minutes))
    put((target) => most(now(target)))
  }
  const fallen = slots(
    (step) => -sample(step),
    now(firstTarget) - steps(240),
    now(lastTarget),
    rows,
  )
  const lowest = fallen.maximum(steps(15))
  put((target) => -lowest(now(target)))
  put((target) => sample(now(target)) - sample(now(target) - 2))

  put((target) => column(history.template, now(target)))
  put((target) => column(history.template, target))
  put((target) => recentAt(history, now(target)))
  put((target) => recentAt(history, target))
  const [yesterday, before] = [1, 2].map((days) => {
    const past = slots(sample, firstTarget - days * day - 16, lastTarget - days * day + 5, rows)
    const near = past.maximum(5)
    const wide = past.maximum(11)
    return {
      near: (target: number) => near(target - days * day + 2),
      wide: (target: number) => wide(target - days * day + 5),
    }
  })
  put((target) => yesterday?.near(target) ?? NaN)
  put((target) => before?.near(target) ?? NaN)
  put((target) => larger(yesterday?.wide(target) ?? NaN, before?.wide(target) ?? NaN))
  put((target) => target % day)
  put((target) => target % steps(60))

  put((target) => column(history.centre, target))
  const error = (step: number) => Math.abs(sample(step) - column(history.centre, step))
  const errors = slots(error, now(firstTarget) - steps(60), now(lastTarget), rows)
  for (const minutes of [15, 60]) {
    const mean = errors.mean(steps(minutes))
    put((target) => mean(now(target)))
  }
  put((target) => usualErrorAt(history, target))
  return table
}

type ByStep = (step: number) => number

/** Values of a stretch of slots, and windows over them that end with the step asked. */
interface Slots {
  mean(window: number): ByStep
  maximum(window: number): ByStep
}

/** A week of rows slides its windows along; a single one looks once at each. */
function slots(valueOf: ByStep, first: number, last: number, rows: number): Slots {
  const values = new Float64Array(last - first + 1)
  for (let i = 0; i < values.length; i++) values[i] = valueOf(first + i)
  if (rows === 1) {
    return {
      mean: (window) => (step) => meanOfNewest(values, step - first, window),
      maximum: (window) => (step) => maximumOfNewest(values, step - first, window),
    }
  }
  const reader = (array: ArrayLike<number>) => (step: number) => array[step - first] ?? NaN
  return {
    mean: (window) => reader(slidingMean(values, window)),
    maximum: (window) => reader(slidingMaximum(values, window)),
  }
}

function larger(a: number, b: number): number {
  return a >= b || Number.isNaN(b) ? a : b
}
