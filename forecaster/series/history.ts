import { dayTemplate, recentTemplate } from './templates.ts'

const DAY_SECONDS = 86_400

/**
 * What is remembered of one workload's demand: the newest days of samples, and beside each slot two
 * views of the same time on the days before it. Plain arrays, so that it crosses to a worker as it is.
 *
 * Slots are named by their absolute step, floor(epoch seconds / stepSeconds): the step alone tells the
 * time of day, and names survive when old days are dropped.
 */
export interface History {
  stepSeconds: number
  stepsPerDay: number
  /** Absolute step of index 0. */
  firstStep: number
  /** Slots recorded so far, gaps included. */
  length: number
  /** Demand by index; NaN is a gap. */
  values: Float64Array
  /** Pooled median of the same time of day, known one day ahead: index i is a slot of `values`. */
  template: Float32Array
  /** Mean of the same time of day, recent days weighing more, known one day ahead. */
  recent: Float32Array
  /** What was forecast for the slot, before it came; NaN where nothing was. */
  centre: Float32Array
  /** Mean |error| of those forecasts around the same time of day, known one day ahead. */
  usualError: Float32Array
}

/** An empty history that keeps `days` of samples from `firstStep` on. */
export function createHistory(stepSeconds: number, firstStep: number, days: number): History {
  const stepsPerDay = Math.max(1, Math.round(DAY_SECONDS / stepSeconds))
  const slots = (days + 1) * stepsPerDay
  return {
    stepSeconds,
    stepsPerDay,
    firstStep,
    length: 0,
    values: new Float64Array(slots).fill(NaN),
    template: new Float32Array(slots + stepsPerDay).fill(NaN),
    recent: new Float32Array(slots + stepsPerDay).fill(NaN),
    centre: new Float32Array(slots + stepsPerDay).fill(NaN),
    usualError: new Float32Array(slots + stepsPerDay).fill(NaN),
  }
}

/** The newest slot recorded. */
export function newestStep(history: History): number {
  return history.firstStep + history.length - 1
}

/** Demand in slot `step`; NaN in a gap and outside what is remembered. */
export function valueAt(history: History, step: number): number {
  const index = step - history.firstStep
  return index < history.length ? (history.values[index] ?? NaN) : NaN
}

/** Appends the slot after the newest; NaN for a gap. Learns the templates of the slots a day ahead. */
export function appendSample(history: History, value: number): void {
  if (history.length === history.values.length) dropOldestDay(history)
  history.values[history.length] = Math.max(0, value)
  history.length++
  const ahead = history.length - 1 + history.stepsPerDay
  const lag = templateHalfWindow(history.stepSeconds)
  // A template pools the slots around its time of day, so its last neighbour decides when it is known.
  history.template[ahead - lag] = dayTemplate(history, ahead - lag)
  history.recent[ahead - lag] = recentTemplate(history, ahead - lag)
}

/** Slots either side that a template pools: three minutes, as far as the step allows. */
export function templateHalfWindow(stepSeconds: number): number {
  return Math.round(180 / stepSeconds)
}

/** Mean of the samples in the `slots` newest slots up to `step`; NaN when all are gaps. */
export function meanBack(history: History, step: number, slots: number): number {
  const end = Math.min(step - history.firstStep, history.length - 1)
  const start = Math.max(0, step - history.firstStep - slots + 1)
  let sum = 0
  let count = 0
  for (let i = start; i <= end; i++) {
    const value = history.values[i] ?? NaN
    if (value === value) {
      sum += value
      count++
    }
  }
  return count === 0 ? NaN : sum / count
}

function dropOldestDay(history: History): void {
  const day = history.stepsPerDay
  for (const slots of [
    history.values,
    history.template,
    history.recent,
    history.centre,
    history.usualError,
  ]) {
    slots.copyWithin(0, day)
    slots.fill(NaN, slots.length - day)
  }
  history.firstStep += day
  history.length -= day
}

/** Remembers what is forecast for a slot to come, and learns the usual error of the slot a day ahead. */
export function rememberCentre(history: History, step: number, centre: number): void {
  history.centre[step - history.firstStep] = centre
  const reach = Math.round(900 / history.stepSeconds)
  // The last neighbour that is pooled decides when a slot's usual error is known.
  const ahead = history.length - 1 + history.stepsPerDay - reach
  history.usualError[ahead] = usualError(history, ahead, reach)
}

function usualError(history: History, index: number, reach: number): number {
  let sum = 0
  let count = 0
  for (let day = 1; day <= 7; day++) {
    const middle = index - day * history.stepsPerDay
    for (let i = Math.max(0, middle - reach); i <= middle + reach; i++) {
      const error = Math.abs((history.values[i] ?? NaN) - (history.centre[i] ?? NaN))
      if (error === error) {
        sum += error
        count++
      }
    }
  }
  return count === 0 ? NaN : sum / count
}
