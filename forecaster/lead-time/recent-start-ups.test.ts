import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recentStartUps } from './recent-start-ups.ts'

const DAY = 86_400
const NOW = 100 * DAY

/** Pods that became Ready so many days ago, each after a time of its own. */
function daysAgo(...days: number[]) {
  return days.map((ago, i) => ({ readyAtSeconds: NOW - ago * DAY, startUpSeconds: i }))
}
const times = (count: number, days: number) => new Array<number>(count).fill(days)

describe('recentStartUps', () => {
  it('are the newest hundred', () => {
    const seen = daysAgo(...Array.from({ length: 130 }, (_, i) => (130 - i) / 100))
    const expected = Array.from({ length: 100 }, (_, i) => 129 - i)
    expect(recentStartUps(seen, NOW)).toEqual(expected)
  })

  it('are none older than 14 days where ten newer ones are there', () => {
    expect(recentStartUps(daysAgo(...times(12, 1), ...times(5, 15)), NOW)).toHaveLength(12)
    expect(recentStartUps(daysAgo(...times(12, 14)), NOW)).toHaveLength(12)
  })

  it('are the newest ten of a workload that has not scaled for long', () => {
    expect(recentStartUps(daysAgo(...times(3, 1), ...times(20, 50)), NOW)).toHaveLength(10)
    expect(recentStartUps(daysAgo(...times(4, 50)), NOW)).toHaveLength(4)
  })

  it('are the same in whatever order they were seen', () => {
    const startUp = fc.record({
      readyAtSeconds: fc.integer({ min: NOW - 30 * DAY, max: NOW - 29 * DAY }),
      startUpSeconds: fc.nat({ max: 900 }),
    })
    const shuffled = fc
      .array(startUp, { minLength: 1, maxLength: 150 })
      .chain((seen) =>
        fc.tuple(
          fc.constant(seen),
          fc.shuffledSubarray(seen, { minLength: seen.length, maxLength: seen.length }),
        ),
      )
    fc.assert(
      fc.property(shuffled, ([seen, anyhow]) => {
        expect(recentStartUps(anyhow, NOW)).toEqual(recentStartUps(seen, NOW))
      }),
    )
  })
})
