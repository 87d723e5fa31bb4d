import { describe, expect, it } from 'vitest'
import { withoutSlowCourse, withoutSlowerThan } from './detrend.ts'

const HOUR = 3600
const DAY = 24
const largest = (values: Float64Array) =>
  values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0)

describe('withoutSlowCourse', () => {
  const wave = (slot: number) => 10 * Math.sin((2 * Math.PI * slot) / DAY)
  const withoutDays = (values: ArrayLike<number>) =>
    withoutSlowCourse(Float64Array.from(values), HOUR, DAY * HOUR)

  it('leaves a daily wave as it is', () => {
    const values = Float64Array.from({ length: 5 * DAY }, (_, slot) => 50 + wave(slot))
    withoutDays(values).forEach((value, slot) => {
      expect(Math.abs(value - wave(slot))).toBeLessThan(1.5)
    })
  })

  it('follows a level shift within an hour', () => {
    const values = Float64Array.from({ length: 6 * DAY }, (_, slot) => (slot < 3 * DAY ? 10 : 90))
    expect(withoutDays(values).filter((value) => value !== 0).length).toBeLessThanOrEqual(1)
  })

  it('is not moved by a spike, and takes a slope out but for the edges', () => {
    const values = Float64Array.from(
      { length: 6 * DAY },
      (_, slot) => slot + (slot === 70 ? 999 : 0),
    )
    const rest = withoutDays(values)
    expect(rest[70]).toBeCloseTo(999, 0)
    rest[70] = 0
    expect(largest(rest.subarray(DAY, 5 * DAY))).toBeLessThanOrEqual(1)
  })

  it('keeps gaps, and fills in for hours without a sample', () => {
    const values = Float64Array.from({ length: 3 * 96 }, (_, slot) =>
      slot >= 60 && slot < 130 ? NaN : 7,
    )
    const rest = withoutSlowCourse(values, 900, 4 * HOUR)
    rest.forEach((value, slot) => {
      expect(value).toBe(Number.isNaN(values[slot]) ? NaN : 0)
    })
  })

  it('has nothing to say of nothing', () => {
    expect(withoutDays([])).toEqual(new Float64Array(0))
    expect(withoutDays([NaN, NaN])).toEqual(Float64Array.of(NaN, NaN))
  })
})

describe('withoutSlowerThan', () => {
  it.each([
    { name: 'an odd cycle', cycle: 5 },
    { name: 'an even cycle', cycle: 6 },
  ])('takes level and slope out and leaves $name whole', ({ cycle }) => {
    const once = (slot: number) => (slot % cycle === 2 ? cycle - 1 : -1)
    const values = Float64Array.from({ length: 40 }, (_, slot) => 3 * slot + 100 + once(slot))
    const rest = withoutSlowerThan(values, cycle)
    for (let slot = 3; slot < 37; slot++) expect(rest[slot]).toBeCloseTo(once(slot), 9)
  })

  it('knows nothing where half a cycle on either side is not there, or half of it is gaps', () => {
    const values = Float64Array.from({ length: 20 }, (_, slot) =>
      slot >= 9 && slot < 12 ? NaN : 1,
    )
    const known = [...withoutSlowerThan(values, 4)].map((value) =>
      Number.isNaN(value) ? '-' : '1',
    )
    expect(known.join('')).toBe('--1111111---111111--')
  })
})
