import { createErrorScale, type ErrorScale, observeError, scaleOf } from './error-scale.ts'
import {
  createScoreWindow,
  heldScores,
  pushScore,
  readRanks,
  type ScoreWindow,
} from './score-window.ts'
import { EXCEEDANCES, LEVELS } from './tail.ts'

/**
 * From a model's own past errors to the chance of its next one: scaled errors of seven days, read off
 * at 41 levels, each corrected by a slow tracker (conformal P control, arXiv 2307.16895). The tracker's
 * step shrinks with the lead, because its feedback is that late. All clocks count observed slots.
 */
export interface Calibration {
  leadSteps: number
  scale: ErrorScale
  /** Forecasts whose slot has not closed yet, by target step modulo length. */
  pending: { centre: Float64Array; scale: Float64Array; step: Float64Array }
  /** Scaled errors of seven days of observed slots. */
  scores: ScoreWindow
  /** Scored slots since the levels were last read off; they are re-read every 30 minutes. */
  sinceRead: number
  readEvery: number
  empirical: Float64Array
  tracker: Float64Array
  /** The levels in force: empirical plus tracker, made ascending. */
  quantiles: Float64Array
}

/** Scaled errors that make the levels worth reading: half a day. */
const MINIMUM_DAYS = 0.5
const TRACKER_STEP = 0.06

export function createCalibration(
  stepSeconds: number,
  stepsPerDay: number,
  leadSteps: number,
): Calibration {
  const slots = leadSteps + 2
  return {
    leadSteps,
    scale: createErrorScale(stepSeconds, stepsPerDay),
    pending: {
      centre: new Float64Array(slots).fill(NaN),
      scale: new Float64Array(slots).fill(NaN),
      step: new Float64Array(slots).fill(NaN),
    },
    scores: createScoreWindow(7 * stepsPerDay),
    sinceRead: 0,
    readEvery: Math.max(1, Math.round(1800 / stepSeconds)),
    empirical: new Float64Array(LEVELS),
    tracker: new Float64Array(LEVELS),
    quantiles: new Float64Array(LEVELS),
  }
}

/** True once enough errors were seen for the levels to mean something. */
export function isCalibrated(calibration: Calibration): boolean {
  return calibration.scores.pushed >= MINIMUM_DAYS * calibration.scale.stepsPerDay
}

/** Scale of the error to expect in `targetStep`; remembers the forecast so that its error can be seen. */
export function expectError(
  calibration: Calibration,
  targetStep: number,
  centre: number,
  scaleFloor: number,
): number {
  const { pending } = calibration
  const scale = scaleOf(calibration.scale, targetStep, scaleFloor)
  const slot = targetStep % pending.step.length
  pending.step[slot] = targetStep
  pending.centre[slot] = centre
  pending.scale[slot] = scale
  return scale
}

/** The slot `step` closed with demand `value`: learn from the forecast that was made for it, if any. */
export function observeOutcome(calibration: Calibration, step: number, value: number): void {
  const { pending } = calibration
  const slot = step % pending.step.length
  const centre = pending.centre[slot] ?? NaN
  if (pending.step[slot] !== step || Number.isNaN(centre) || Number.isNaN(value)) return
  const scale = pending.scale[slot] ?? NaN
  observeError(calibration.scale, step, Math.abs(value - centre))
  // An idle workload has neither errors nor a mean: nothing to scale by, nothing to learn.
  if (!(scale > 0)) return
  observeScore(calibration, (value - centre) / scale)
}

function observeScore(calibration: Calibration, score: number): void {
  const { scores, tracker, quantiles } = calibration
  if (isCalibrated(calibration)) {
    const step = TRACKER_STEP / calibration.leadSteps
    for (let i = 0; i < LEVELS; i++) {
      const exceedance = EXCEEDANCES[i] ?? 0
      const exceeded = score > (quantiles[i] ?? 0) ? 1 : 0
      tracker[i] = (tracker[i] ?? 0) + step * (exceeded - exceedance)
    }
  }
  pushScore(scores, score)
  calibration.sinceRead++
  if (calibration.sinceRead >= calibration.readEvery || scores.pushed === 1) {
    readLevels(calibration)
  }
  joinLevels(calibration)
}

function readLevels(calibration: Calibration): void {
  const { scores } = calibration
  const seen = heldScores(scores)
  // The (n + 1) rank of split conformal prediction, kept inside what was seen.
  const ranks = EXCEEDANCES.map((exceedance) => Math.ceil((seen + 1) * (1 - exceedance)))
  readRanks(scores, ranks, calibration.empirical)
  calibration.sinceRead = 0
}

function joinLevels(calibration: Calibration): void {
  let highest = -Infinity
  for (let i = 0; i < LEVELS; i++) {
    highest = Math.max(highest, (calibration.empirical[i] ?? 0) + (calibration.tracker[i] ?? 0))
    calibration.quantiles[i] = highest
  }
}
