import type { Distribution } from '../distribution/distribution.ts'
import { isWithin, LOGGED_QUANTILES } from '../workload/forecast-log.ts'

/** How often demand stayed at or below a quantile, beside how often it should. */
export interface CoverageCount {
  asked: number
  within: number
  counted: number
}

export function createCoverage(): CoverageCount[] {
  return LOGGED_QUANTILES.map((asked) => ({ asked, within: 0, counted: 0 }))
}

/** Counts one slot; a missing sample counts nowhere. `actual` is in replicas. */
export function countCoverage(counts: CoverageCount[], demand: Distribution, actual: number): void {
  if (Number.isNaN(actual)) return
  for (const count of counts) {
    count.counted++
    if (isWithin(actual, demand.quantile(count.asked))) count.within++
  }
}
