import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXCEEDANCES, LEVELS } from '../distribution/tail.ts'
import { errorQuantiles } from './error-quantiles.ts'
import type { UsualDay } from './usual-day.ts'

/** The quantiles of one of 144 blocks of ten minutes, in a week in which these errors were seen. */
function rowOf(strays: readonly (readonly [error: number, block: number])[], block: number) {
  const sorted = strays.toSorted(([a], [b]) => a - b)
  const usual: UsualDay = {
    blockSteps: 10,
    blocks: 144,
    centre: new Float64Array(144),
    errors: Float64Array.from(sorted, ([error]) => error),
    errorBlock: Uint16Array.from(sorted, ([, at]) => at),
  }
  return errorQuantiles(usual, 60).subarray(block * LEVELS, (block + 1) * LEVELS)
}

describe('errorQuantiles', () => {
  it('are those of the errors themselves where all come from one block', () => {
    const strays = Array.from({ length: 10_000 }, (_, i) => [i + 1, 70] as const)
    for (const [level, quantile] of rowOf(strays, 70).entries()) {
      expect(Math.abs(quantile - 10_000 * (1 - (EXCEEDANCES[level] ?? NaN)))).toBeLessThanOrEqual(1)
    }
  })

  it.each([
    { name: 'the next block counts half', block: 1, share: 1 / 3 },
    { name: 'midnight is no border', block: 143, share: 1 / 3 },
    { name: 'an hour off counts little', block: 6, share: 1 / (2 + 6 ** 1.5) },
    { name: 'the other end of the day counts least', block: 72, share: 1 / (2 + 72 ** 1.5) },
  ])('$name', ({ block, share }) => {
    // Half the errors are large and were seen in the other block.
    const strays = Array.from({ length: 2000 }, (_, i) => {
      return i % 2 === 0 ? ([i, 0] as const) : ([1e6 + i, block] as const)
    })
    const quantiles = rowOf(strays, 0)
    const large = quantiles.findIndex((quantile) => quantile >= 1e6)
    expect(EXCEEDANCES[large]).toBeLessThan(share)
    expect(EXCEEDANCES[large - 1]).toBeGreaterThanOrEqual(share)
  })

  it('ascend, and are errors that were seen', () => {
    const stray = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 143 }),
    )
    fc.assert(
      fc.property(fc.array(stray, { minLength: 1, maxLength: 50 }), (strays) => {
        const quantiles = rowOf(strays, 17)
        expect([...quantiles]).toEqual([...quantiles].toSorted((a, b) => a - b))
        const errors = strays.map(([error]) => error)
        expect([...quantiles].every((quantile) => errors.includes(quantile))).toBe(true)
      }),
    )
  })
})
