import { type History, valueAt } from '../series/history.ts'
import type { Model } from './model.ts'

const ID = 'holt-winters'
const FIT_DAYS = 7

/** Shares by which a sample moves level, trend and season. A trend of 0 is the model without one. */
type Shares = readonly [level: number, trend: number, season: number]

const GRID: readonly Shares[] = [0.02, 0.1, 0.3, 0.6, 0.9].flatMap((level) =>
  [0, 0.01].flatMap((trend) => [0.1, 0.3, 0.5].map((season): Shares => [level, trend, season])),
)

interface State {
  level: number
  /** Growth a slot. */
  trend: number
  /** What each slot of the day adds to the level, by absolute step modulo a day. */
  season: Float64Array
}

/**
 * Additive Holt–Winters with a season of a day. Its three shares are those of a small grid that missed
 * least, in the mean, at the lead it serves. Its state runs on from the end of its fit, so it says nothing
 * of moments before that. In gaps the state stands still: a trend carried through days without a sample
 * ends anywhere.
 */
export const holtWinters: Model = {
  id: ID,

  fit(history, untilStep, leadSteps) {
    const from = Math.max(history.firstStep, untilStep - FIT_DAYS * history.stepsPerDay)
    const start = startFrom(history, from, untilStep)
    if (start === null) return null
    let least = Infinity
    let weights: Float64Array | null = null
    for (const shares of GRID) {
      const state = { ...start, season: start.season.slice() }
      const first = from + history.stepsPerDay
      const missed = meanMissed(history, shares, state, first, untilStep, leadSteps)
      if (missed >= least) continue
      least = missed
      weights = Float64Array.of(...shares, state.level, state.trend, ...state.season)
    }
    return weights && { modelId: ID, leadSteps, untilStep, weights }
  },

  predict({ weights, untilStep, leadSteps }, history, nowStep) {
    if (nowStep < untilStep - 1 || Number.isNaN(valueAt(history, nowStep))) return NaN
    const [a = NaN, b = NaN, c = NaN, level = NaN, trend = NaN] = weights
    const state = { level, trend, season: weights.slice(5) }
    for (let step = untilStep; step <= nowStep; step++) {
      learn(state, [a, b, c], step, valueAt(history, step))
    }
    return Math.max(0, expected(state, nowStep, leadSteps))
  },
}

/** Level and season of the first day; null where less than half of it is known. */
function startFrom(history: History, from: number, untilStep: number): State | null {
  const day = history.stepsPerDay
  const steps = Array.from({ length: Math.min(day, untilStep - from) }, (_, i) => from + i)
  const known = steps.filter((step) => !Number.isNaN(valueAt(history, step)))
  if (known.length < day / 2) return null
  const level = known.reduce((sum, step) => sum + valueAt(history, step), 0) / known.length
  const season = new Float64Array(day)
  // A gap takes what the slot before it adds; before the first sample, what the last one does.
  let latest = valueAt(history, known.at(-1) ?? NaN) - level
  for (const step of steps) {
    const value = valueAt(history, step)
    if (!Number.isNaN(value)) latest = value - level
    season[step % day] = latest
  }
  return { level, trend: 0, season }
}

/**
 * Runs `state` through the slots from `first` on.
 *
 * @returns mean |error| at the lead; Infinity with less than half a day of errors to judge by
 */
function meanMissed(
  history: History,
  shares: Shares,
  state: State,
  first: number,
  untilStep: number,
  leadSteps: number,
): number {
  let missed = 0
  let count = 0
  for (let step = first; step < untilStep; step++) {
    learn(state, shares, step, valueAt(history, step))
    const target = step + leadSteps
    const error = Math.abs(valueAt(history, target) - expected(state, step, leadSteps))
    if (target >= untilStep || Number.isNaN(error)) continue
    missed += error
    count++
  }
  return count < history.stepsPerDay / 2 ? Infinity : missed / count
}

function learn(state: State, [a, b, c]: Shares, step: number, value: number): void {
  if (Number.isNaN(value)) return
  const slot = step % state.season.length
  const season = state.season[slot] ?? 0
  const before = state.level
  state.level = a * (value - season) + (1 - a) * (before + state.trend)
  state.trend = b * (state.level - before) + (1 - b) * state.trend
  state.season[slot] = c * (value - state.level) + (1 - c) * season
}

function expected({ level, trend, season }: State, step: number, leadSteps: number): number {
  return level + leadSteps * trend + (season[(step + leadSteps) % season.length] ?? NaN)
}
