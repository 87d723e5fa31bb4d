import { percent } from '../numbers.ts'
import type { Coverage } from './report.ts'

export const COVERAGE_CAPTION =
  'how often demand stayed at or below what the forecast said it would'

/** Asked and achieved coverage as two rows, headings first. */
export function coverageCells(
  coverage: readonly Coverage[],
): [asked: string[], achieved: string[]] {
  return [
    ['asked', ...coverage.map(({ askedPercent }) => percent(askedPercent))],
    [
      'achieved',
      ...coverage.map(({ achievedPercent }) =>
        achievedPercent === null ? '–' : percent(achievedPercent),
      ),
    ],
  ]
}
