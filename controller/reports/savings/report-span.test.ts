import { describe, expect, it } from 'vitest'

import { reportSpan } from './report-span.ts'

describe('reportSpan', () => {
  it.each([
    ['up to a time long past', 100_000, 7200, 3600, [3600, 7140]],
    ['up to now: the newest slot is not told yet', 7200, 7200, 3600, [3540, 7080]],
    ['up to a moment ago: the same', 7259, 7230, 3600, [3540, 7080]],
    ['up to within a slot: that one is not over', 100_000, 7230, 3600, [3600, 7140]],
    ['a window that is no whole number of slots', 100_000, 7200, 3630, [3600, 7140]],
  ])('%s', (_, now, end, window, [firstSeconds, lastSeconds]) => {
    expect(reportSpan(now, end, window, 60)).toEqual({ firstSeconds, lastSeconds, stepSeconds: 60 })
  })
})
