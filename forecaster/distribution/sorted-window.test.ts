import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSortedWindow, pushValue, valueOfRank } from './sorted-window.ts'

const number = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 1, 1, 2),
)

describe('SortedWindow', () => {
  it('holds the newest values, sorted as sorting them anew would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(number), (size, values) => {
        const window = createSortedWindow(size)
        values.forEach((value, i) => {
          pushValue(window, value)
          const newest = Float32Array.from(values.slice(Math.max(0, i + 1 - size), i + 1)).sort()
          const held = window.sorted.subarray(0, Math.min(size, window.pushed))
          // A comparison by number: 0 and -0 are the same rank.
          expect(held.every((entry, rank) => entry === newest[rank])).toBe(true)
          expect(held).toHaveLength(newest.length)
        })
      }),
    )
  })

  it.each([
    [0, 10],
    [1, 10],
    [2, 20],
    [3, 30],
    [9, 30],
  ])('rank %d of 30, 10, 20 is %d', (rank, value) => {
    const window = createSortedWindow(5)
    for (const pushed of [30, 10, 20]) pushValue(window, pushed)
    expect(valueOfRank(window, rank)).toBe(value)
  })

  it('has no value while it is empty', () => {
    expect(valueOfRank(createSortedWindow(5), 1)).toBeNaN()
  })
})
