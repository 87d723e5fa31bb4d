import { describe, expect, it } from 'vitest'
import { drawnStartUps } from './drawn-start-ups.ts'

const listed = (startUp: ReturnType<typeof drawnStartUps>, count: number) =>
  Array.from({ length: count }, (_, created) => startUp(created))

describe('drawnStartUps', () => {
  // The first of the list, and its sum, as PROTOCOL §3 gives them for these medians.
  it.each([
    { minutes: 3, first: [6, 5, 3, 3, 5, 2, 3, 4, 5, 4, 4, 3, 4, 4, 2, 4], sum: 245_392 },
    { minutes: 8, first: [15, 14, 7, 8, 13, 6, 7, 10, 13, 9, 10, 8, 10, 9, 5, 11], sum: 599_458 },
  ])('are the list of the protocol for $minutes min', ({ minutes, first, sum }) => {
    const startUp = drawnStartUps({ medianSeconds: 60 * minutes, logSd: 0.4 }, 60)
    expect(listed(startUp, 16)).toEqual(first)
    expect(listed(startUp, 65_536).reduce((total, slots) => total + slots, 0)).toBe(sum)
  })

  it('repeat after 65,536 pods', () => {
    const startUp = drawnStartUps({ medianSeconds: 180, logSd: 0.4 }, 60)
    expect(Array.from({ length: 8 }, (_, i) => startUp(65_536 + i))).toEqual(listed(startUp, 8))
  })

  it('are the median where nothing spreads, and a slot at least', () => {
    expect(listed(drawnStartUps({ medianSeconds: 180, logSd: 0 }, 60), 3)).toEqual([3, 3, 3])
    expect(listed(drawnStartUps({ medianSeconds: 1, logSd: 0.4 }, 60), 3)).toEqual([1, 1, 1])
  })
})
