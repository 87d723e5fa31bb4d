import { type Stated, sizing } from '../../forecaster/backtest/assumptions.ts'
import { drawnStartUp, plannedStartUpSeconds } from '../../forecaster/backtest/start-up.ts'
import { type BacktestWorld, createWorld } from '../../forecaster/backtest/world.ts'
import { leadSteps } from '../../forecaster/lead-time/lead-time.ts'
import type { LogNormal } from '../../forecaster/lead-time/log-normal.ts'
import { type Series, slotStartSeconds } from '../../forecaster/series/series.ts'

import { RecordingProblem } from './recording-problem.ts'

export interface WorldSettings {
  stated: Stated
  /** Start-up of a pod, from creation to Ready. */
  startUp: LogNormal
  /** History before the first scored slot. */
  warmUpSeconds: number
  /** Scored time below which there is no verdict. */
  leastScoredSeconds: number
}

const DAY_SECONDS = 86_400
/** Coarser recordings do not show what happens while a pod starts. */
export const MAX_STEP_SECONDS = 3600
/** More replicas than any workload has: a fault of the recording, or of the stated capacity. */
const MAX_NEED = 100_000

/**
 * Makes a recording into the world of a backtest.
 *
 * @throws RecordingProblem when there is too little of it, or its demand and the capacity do not fit
 */
export function recordingWorld(
  series: Series,
  settings: WorldSettings,
  file: string,
): BacktestWorld {
  const { stepSeconds, values } = series
  if (stepSeconds > MAX_STEP_SECONDS) {
    throw new RecordingProblem(
      `${file}: rows are ${stepSeconds} s apart: too coarse to see a pod start. Record every minute`,
    )
  }
  const warmUpSlots = Math.ceil(settings.warmUpSeconds / stepSeconds - 1e-9)
  const slotsNeeded =
    warmUpSlots + Math.max(1, Math.ceil(settings.leastScoredSeconds / stepSeconds))
  if (values.length < slotsNeeded) {
    throw new RecordingProblem(
      `${file}: ${days(values.length * stepSeconds)} recorded, ${days(slotsNeeded * stepSeconds)} needed: ` +
        `${days(settings.warmUpSeconds)} of warm-up and what is scored after it. Record longer, or shorten --warm-up`,
      'too-little',
    )
  }
  requireSamples(series, warmUpSlots, file)
  const sized = sizing(series, warmUpSlots, settings.stated)
  if (sized === null) {
    const isIdle = !values.some((value) => value > 0)
    throw new RecordingProblem(
      isIdle
        ? `${file}: every value is 0: no demand was recorded. Check what was asked for, or state --capacity`
        : `${file}: no demand in the first ${days(settings.warmUpSeconds)} to assume a capacity from. State --capacity`,
      'too-little',
    )
  }
  requirePlausible(series, sized.capacityPerReplica, file)
  const { startUp } = settings
  const lead = leadSteps(plannedStartUpSeconds(startUp), 0, stepSeconds)
  return createWorld(series, sized, warmUpSlots, lead, drawnStartUp(startUp, stepSeconds))
}

/** A day of known samples, or half of a short warm-up: less tells nothing of a daily rhythm. */
function requireSamples(series: Series, warmUpSlots: number, file: string): void {
  const known = series.values
    .subarray(0, warmUpSlots)
    .filter((value) => !Number.isNaN(value)).length
  if (known * series.stepSeconds >= Math.min(DAY_SECONDS, (warmUpSlots * series.stepSeconds) / 2))
    return
  throw new RecordingProblem(
    `${file}: only ${known} of ${warmUpSlots} samples of the warm-up are there. Start the recording where it is dense`,
    'too-little',
  )
}

function requirePlausible(series: Series, capacityPerReplica: number, file: string): void {
  const index = series.values.findIndex((value) => value / capacityPerReplica > MAX_NEED)
  if (index === -1) return
  const at = new Date(slotStartSeconds(series, index) * 1000).toISOString()
  throw new RecordingProblem(
    `${file}: demand of ${series.values[index] ?? NaN} at ${at} needs more than ${MAX_NEED} replicas ` +
      `that carry ${capacityPerReplica} each. Correct the row, or state a larger --capacity`,
  )
}

function days(seconds: number): string {
  return `${Number((seconds / DAY_SECONDS).toFixed(2))} days`
}
