import { drawnStartUps } from '../actuation/drawn-start-ups.ts'
import type { StartUpSlots } from '../actuation/pods.ts'
import { leadSteps } from '../lead-time/lead-time.ts'
import { type LogNormal, logNormalQuantile } from '../lead-time/log-normal.ts'

/** Share of the pods that are Ready within the start-up that is planned for: the API's default. */
export const PLANNED_SHARE = 0.9

/** How pods start in the world of one backtest; every policy gets the same. */
export interface WorldStartUp {
  slots: StartUpSlots
  /** The clairvoyant's pods all take the median (PROTOCOL §5). */
  medianSteps: number
}

/** Every pod takes the same. */
export function sameStartUp(steps: number): WorldStartUp {
  return { slots: () => steps, medianSteps: steps }
}

/** Every pod takes its own, drawn from the distribution. */
export function drawnStartUp(startUp: LogNormal, stepSeconds: number): WorldStartUp {
  return {
    slots: drawnStartUps(startUp, stepSeconds),
    medianSteps: leadSteps(startUp.medianSeconds, 0, stepSeconds),
  }
}

/** The start-up that Foresail plans for, in seconds; whole milliseconds, for people. */
export function plannedStartUpSeconds(startUp: LogNormal): number {
  return Math.round(1000 * logNormalQuantile(startUp, PLANNED_SHARE)) / 1000
}
