import { type Distribution, inReplicas, mixture } from '../distribution/distribution.ts'
import { exceedanceAt, LEVELS, scoreAt } from '../distribution/tail.ts'
import type { History } from '../series/history.ts'
import { errorQuantiles } from './error-quantiles.ts'
import { presentLevelError } from './present-level.ts'
import { blockOfDay, usualDay } from './usual-day.ts'

/** Chance that demand stays as far from its usual as it is now. It is what follows a launch. */
const LEVEL_SHARE = 0.1

/**
 * What demand may be at each time of day, learned from the days before: a day like those, as far off as
 * they are from each other, or with a small chance one that stays at the level of the newest half hour.
 * Plain data that crosses to and from a worker; 24 kB at a step of 60 s.
 */
export interface DayAhead {
  /** It has learned from the slots before this one. */
  readonly untilStep: number
  readonly stepsPerDay: number
  readonly blockSteps: number
  /** Demand in replicas at the levels of `EXCEEDANCES`, a row a block of the day; NaN where unknown. */
  readonly quantiles: Float32Array
  /** Replicas by which demand lay above the earlier days just before `untilStep`; NaN where unknown. */
  readonly levelError: number
}

/**
 * Learns from the seven days before `untilStep`. Deterministic; 5 ms at a step of 60 s.
 *
 * @returns null when no time of day is known from two days
 */
export function fitDayAhead(
  history: History,
  untilStep: number,
  capacityPerReplica: number,
): DayAhead | null {
  const usual = usualDay(history, untilStep)
  if (usual.errors.length === 0) return null
  const { stepsPerDay, stepSeconds } = history
  const { blockSteps, centre } = usual
  const errors = errorQuantiles(usual, stepSeconds)
  const quantiles = Float32Array.from(errors, (error, i) => {
    return ((centre[Math.floor(i / LEVELS)] ?? NaN) + error) / capacityPerReplica
  })
  const levelError = presentLevelError(history, untilStep) / capacityPerReplica
  return { untilStep, stepsPerDay, blockSteps, quantiles, levelError }
}

/** What demand may be in slot `step`, by its time of day; null where that is unknown. */
export function demandOnDay(dayAhead: DayAhead, step: number): Distribution | null {
  const { stepsPerDay, blockSteps, quantiles, levelError } = dayAhead
  const from = blockOfDay(step, stepsPerDay, blockSteps) * LEVELS
  const row = Float64Array.from(quantiles.subarray(from, from + LEVELS))
  if (Number.isNaN(row[0])) return null
  const usual = shifted(row, 0)
  if (Number.isNaN(levelError)) return usual
  return mixture([
    { weight: 1 - LEVEL_SHARE, part: usual },
    { weight: LEVEL_SHARE, part: shifted(row, levelError) },
  ])
}

/** The first slot after `step` in another block of the day: only there the forecast changes. */
export function nextBlock({ stepsPerDay, blockSteps }: DayAhead, step: number): number {
  const ofDay = step % stepsPerDay
  const next = (Math.floor(ofDay / blockSteps) + 1) * blockSteps
  return step - ofDay + Math.min(next, stepsPerDay)
}

function shifted(row: Float64Array, replicas: number): Distribution {
  return inReplicas(
    1,
    (demand) => exceedanceAt(row, demand - replicas),
    (probability) => replicas + scoreAt(row, 1 - probability),
  )
}
