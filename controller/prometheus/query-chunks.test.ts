import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { pointCount, queryChunks } from './query-chunks.ts'

describe('queryChunks', () => {
  it('covers each point of the grid exactly once, in order, none too large', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.constantFrom(1, 15, 60, 0.5),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (startSeconds, stepSeconds, points, maxPoints) => {
          const endSeconds = startSeconds + (points - 1) * stepSeconds
          const seen = queryChunks({ startSeconds, endSeconds, stepSeconds }, maxPoints).flatMap(
            (chunk) => {
              const count = pointCount(chunk.startSeconds, chunk.endSeconds, stepSeconds)
              expect(count).toBeLessThanOrEqual(maxPoints)
              return Array.from({ length: count }, (_, i) => chunk.startSeconds + i * stepSeconds)
            },
          )
          expect(seen).toEqual(
            Array.from({ length: points }, (_, i) => startSeconds + i * stepSeconds),
          )
        },
      ),
    )
  })

  it('asks no point after the end where the end is not on the grid', () => {
    expect(queryChunks({ startSeconds: 0, endSeconds: 119, stepSeconds: 60 })).toEqual([
      { firstIndex: 0, startSeconds: 0, endSeconds: 60 },
    ])
  })

  it.each([
    { startSeconds: 60, endSeconds: 0, stepSeconds: 60 },
    { startSeconds: 0, endSeconds: 60, stepSeconds: 0 },
    { startSeconds: 0, endSeconds: Number.NaN, stepSeconds: 60 },
    { startSeconds: 0, endSeconds: Number.POSITIVE_INFINITY, stepSeconds: 60 },
  ])('refuses %o', (grid) => {
    expect(() => queryChunks(grid)).toThrow(RangeError)
  })
})
