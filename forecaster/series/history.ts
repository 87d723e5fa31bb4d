import { cellStepsOf } from './cells.ts'
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
  values: Float32Array
  /** Pooled median of the same time of day, known one day ahead: index i is a slot of `values`. */
  template: Float32Array
  /** What was forecast for the slot, before it came; NaN where nothing was. */
  centre: Float32Array
  /** Slots that share an entry of `usualError`. */
  cellSteps: number
  /** Mean |error| of those forecasts around the same time of day, known one day ahead; by cell of slots. */
  usualError: Float32Array
}

/** Of a day: when it is full, the oldest quarter is dropped at once. */
const SPARE_DAYS = 0.25

/** An empty history that keeps at least `days` of samples from `firstStep` on. */
export function createHistory(stepSeconds: number, firstStep: number, days: number): History {
  const stepsPerDay = Math.max(1, Math.round(DAY_SECONDS / stepSeconds))
  const cellSteps = cellStepsOf(stepSeconds, stepsPerDay)
  const slots = Math.ceil(days * stepsPerDay) + spareSteps(stepsPerDay)
  return {
    stepSeconds,
    stepsPerDay,
    firstStep,
    length: 0,
    values: new Float32Array(slots).fill(NaN),
    template: new Float32Array(slots + stepsPerDay).fill(NaN),
    centre: new Float32Array(slots + stepsPerDay).fill(NaN),
    cellSteps,
    usualError: new Float32Array(Math.ceil((slots + stepsPerDay) / cellSteps)).fill(NaN),
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
  if (history.length === history.values.length) dropOldest(history)
  history.values[history.length] = Math.max(0, value)
  history.length++
  const ahead = history.length - 1 + history.stepsPerDay
  const lag = templateHalfWindow(history.stepSeconds)
  // A template pools the slots around its time of day, so its last neighbour decides when it is known.
  history.template[ahead - lag] = dayTemplate(history, ahead - lag)
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

function spareSteps(stepsPerDay: number): number {
  return Math.max(1, Math.round(SPARE_DAYS * stepsPerDay))
}

function dropOldest(history: History): void {
  const dropped = spareSteps(history.stepsPerDay)
  for (const slots of [history.values, history.template, history.centre]) {
    slots.copyWithin(0, dropped)
    slots.fill(NaN, slots.length - dropped)
  }
  history.usualError.copyWithin(0, dropped / history.cellSteps)
  history.usualError.fill(NaN, history.usualError.length - dropped / history.cellSteps)
  history.firstStep += dropped
  history.length -= dropped
}

/** Remembers what is forecast for a slot to come, and learns the usual error of the slot a day ahead. */
export function rememberCentre(history: History, step: number, centre: number): void {
  history.centre[step - history.firstStep] = centre
  const reach = Math.round(900 / history.stepSeconds)
  // The last neighbour that is pooled decides when a slot's usual error is known.
  const ahead = history.length - 1 + history.stepsPerDay - reach
  const { cellSteps } = history
  if (ahead % cellSteps === cellSteps - 1) {
    history.usualError[Math.floor(ahead / cellSteps)] = usualError(history, ahead, reach)
  }
}

/**
 * The same history as if it were remembered from `step` on only (or a few slots before, to a whole cell).
 * Shares its memory.
 */
export function rememberedFrom(history: History, step: number): History {
  const { cellSteps } = history
  const cells = Math.floor((step - history.firstStep) / cellSteps)
  if (cells <= 0) return history
  const cut = cells * cellSteps
  return {
    ...history,
    firstStep: history.firstStep + cut,
    length: Math.max(0, history.length - cut),
    values: history.values.subarray(cut),
    template: history.template.subarray(cut),
    centre: history.centre.subarray(cut),
    usualError: history.usualError.subarray(cells),
  }
}

/** Mean of a slot's time of day, recent days weighing more; known a day ahead. NaN where it is unknown. */
export function recentAt(history: History, step: number): number {
  return recentTemplate(history, step - history.firstStep)
}

/** Mean |error| to expect at a slot's time of day; NaN where it is unknown. */
export function usualErrorAt(history: History, step: number): number {
  return history.usualError[Math.floor((step - history.firstStep) / history.cellSteps)] ?? NaN
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
