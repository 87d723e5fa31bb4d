import type { Distribution } from '../distribution/distribution.ts'

const ASKED = [0.5, 0.9, 0.95, 0.99]

/** How often demand stayed at or below a quantile, beside how often it should. */
export interface CoverageCount {
  asked: number
  within: number
  counted: number
}

export function createCoverage(): CoverageCount[] {
  return ASKED.map((asked) => ({ asked, within: 0, counted: 0 }))
}

/** Counts one slot; a missing sample counts nowhere. `actual` is in replicas. */
export function countCoverage(counts: CoverageCount[], demand: Distribution, actual: number): void {
  if (Number.isNaN(actual)) return
  for (const count of counts) {
    count.counted++
    if (actual <= demand.quantile(count.asked) * (1 + 1e-9)) count.within++
  }
}
