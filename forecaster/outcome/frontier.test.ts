import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costAt, frontier } from './frontier.ts'

const point = ([violationPercent, replicaHours]: readonly [number, number]) => ({
  violationPercent,
  replicaHours,
})
/** 1.0/500 and 3.0/120 are beaten by others in both. */
const swept = (
  [
    [0.5, 400],
    [1.5, 100],
    [1, 500],
    [3, 120],
  ] as const
).map(point)

describe('frontier', () => {
  it('keeps what no other beats or equals in both, by rising violations', () => {
    expect(frontier(swept)).toEqual([point([0.5, 400]), point([1.5, 100])])
    expect(frontier([point([1, 7]), point([1, 5]), point([1, 5]), point([2, 5])])).toEqual([
      point([1, 5]),
    ])
    expect(frontier([])).toEqual([])
  })
})

describe('costAt', () => {
  it.each([
    { name: 'halfway between two settings the geometric mean', percent: 1, hours: 200 },
    { name: 'at a setting its own', percent: 0.5, hours: 400 },
    { name: 'at the last setting its own', percent: 1.5, hours: 100 },
    { name: 'right of the last it stays', percent: 5, hours: 100 },
  ])('$name', ({ percent, hours }) => {
    expect(costAt(swept, percent)).toBeCloseTo(hours, 9)
  })

  it('is not reached left of the first, nor by no settings', () => {
    expect(costAt(swept, 0.1)).toBeNull()
    expect(costAt([], 1)).toBeNull()
  })

  it('never rises when more violations are allowed, and never exceeds a setting that is allowed', () => {
    const setting = fc.record({
      violationPercent: fc.double({ min: 0, max: 10, noNaN: true }),
      replicaHours: fc.double({ min: 1, max: 1000, noNaN: true }),
    })
    const percent = fc.double({ min: 0, max: 12, noNaN: true })
    const settings = fc.array(setting, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(settings, percent, percent, (points, one, other) => {
        const strict = costAt(points, Math.min(one, other)) ?? Infinity
        const lax = costAt(points, Math.max(one, other)) ?? Infinity
        expect(lax).toBeLessThanOrEqual(strict * (1 + 1e-9))
        const allowed = points.filter(({ violationPercent }) => violationPercent <= one)
        const cheapest = Math.min(Infinity, ...allowed.map(({ replicaHours }) => replicaHours))
        expect(costAt(points, one) ?? Infinity).toBeLessThanOrEqual(cheapest * (1 + 1e-9))
      }),
    )
  })
})
