import { costAt } from '../forecaster/outcome/frontier.ts'

import type { Point, TraceScore } from './score-trace.ts'

/** Shares of time, in per cent, at which policies are compared (PROTOCOL §6). */
export const TARGETS_PERCENT = [0.1, 0.5, 1, 2, 5]
export const MAIN_TARGET_PERCENT = 1
/** A difference up to this is a tie. */
const TIE = 1.02

/** Cost ratio at a violation share; null where no setting is short that seldom. */
export function ratioAt(points: readonly Point[], violationPercent: number): number | null {
  const frontier = points.map((point) => ({ ...point, replicaHours: point.costRatio }))
  return costAt(frontier, violationPercent)
}

/** One target over all traces. */
export interface Comparison {
  targetPercent: number
  /** Geometric means over the traces that both reach; null where there is none. */
  foresail: number | null
  hpa: number | null
  bothReach: number
  foresailReaches: number
  hpaReaches: number
  cheaper: number
  tied: number
  dearer: number
}

export function compareAt(scores: readonly TraceScore[], targetPercent: number): Comparison {
  const pairs = scores.map(({ foresail, hpa }) => ({
    foresail: ratioAt(foresail, targetPercent),
    hpa: ratioAt(hpa, targetPercent),
  }))
  const both = pairs.flatMap(({ foresail, hpa }) =>
    foresail === null || hpa === null ? [] : [{ foresail, hpa }],
  )
  const relative = both.map(({ foresail, hpa }) => foresail / hpa)
  return {
    targetPercent,
    foresail: geometricMean(both.map(({ foresail }) => foresail)),
    hpa: geometricMean(both.map(({ hpa }) => hpa)),
    bothReach: both.length,
    foresailReaches: pairs.filter(({ foresail }) => foresail !== null).length,
    hpaReaches: pairs.filter(({ hpa }) => hpa !== null).length,
    cheaper: relative.filter((ratio) => ratio < 1 / TIE).length,
    tied: relative.filter((ratio) => ratio >= 1 / TIE && ratio <= TIE).length,
    dearer: relative.filter((ratio) => ratio > TIE).length,
  }
}

/** Null for an empty list. */
export function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
