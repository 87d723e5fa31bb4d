import { aligned } from '../text-layout.ts'
import type { ThresholdResult } from './report.ts'
import { actualWords } from './thresholds.ts'

/** The thresholds as a block of text: met or not, what was asked, what came out. */
export function thresholdLines(thresholds: readonly ThresholdResult[]): string[] {
  if (thresholds.length === 0) return []
  const rows = thresholds.map((result) => [
    result.met ? '✓ pass' : '✗ fail',
    result.threshold,
    actualWords(result),
  ])
  return ['THRESHOLDS', ...aligned(rows, 2)]
}
