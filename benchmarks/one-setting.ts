import { geometricMean, MAIN_TARGET_PERCENT } from './equal-violations.ts'
import type { Point } from './score-trace.ts'

/** One setting for the whole fleet: no trace drops out, nothing is tuned in hindsight (PROTOCOL §6.7). */
export interface FleetSetting {
  index: number
  meanViolationPercent: number
  /** Traces that are short in at most the main target's share of time, in per cent of traces. */
  keptPercent: number
  costRatio: number
}

/** @param curves one list of settings a trace, all in the same order */
export function fleetSettings(curves: readonly (readonly Point[])[]): FleetSetting[] {
  const settings = curves[0]?.length ?? 0
  return Array.from({ length: settings }, (_, index) => {
    const points = curves.flatMap((curve) => curve[index] ?? [])
    const kept = points.filter(({ violationPercent }) => violationPercent <= MAIN_TARGET_PERCENT)
    const violations = points.reduce((sum, { violationPercent }) => sum + violationPercent, 0)
    return {
      index,
      meanViolationPercent: violations / points.length,
      keptPercent: (100 * kept.length) / points.length,
      costRatio: geometricMean(points.map(({ costRatio }) => costRatio)) ?? NaN,
    }
  })
}

/** The cheapest setting that does what is asked; null where none does. */
export function cheapest(
  settings: readonly FleetSetting[],
  does: (setting: FleetSetting) => boolean,
): FleetSetting | null {
  return settings.filter(does).toSorted((a, b) => a.costRatio - b.costRatio)[0] ?? null
}
