import { describe, expect, it } from 'vitest'
import { int64, MAX_INT64 } from './int64.ts'
import { meanUsageOf, utilizationOf } from './usage-ratio.ts'

const share = (usage: number, request: number) => ({ usage, request })

describe('utilizationOf', () => {
  it.each([
    {
      name: 'sums before it divides: a large pod weighs more',
      shares: [share(900, 1000), share(10, 100)],
      ratio: 82 / 50,
      utilizationPercent: 82,
      averageUsage: 455,
    },
    {
      name: 'whole per cent: 59.9 % is 59',
      shares: [share(599, 1000)],
      ratio: 59 / 50,
      utilizationPercent: 59,
      averageUsage: 599,
    },
    {
      name: 'the mean drops its remainder too',
      shares: [share(100, 1000), share(101, 1000), share(100, 1000)],
      ratio: 10 / 50,
      utilizationPercent: 10,
      averageUsage: 100,
    },
  ])('$name', ({ shares, ratio, utilizationPercent, averageUsage }) => {
    const expected = { ratio, utilizationPercent, averageUsage }
    expect(utilizationOf(shares, 50)).toEqual(expected)
  })

  it.each([{ shares: [] }, { shares: [share(5, 0)] }])(
    'fails where nothing is requested',
    (row) => {
      expect(utilizationOf(row.shares, 50)).toEqual({
        failure: 'no metrics returned matched known pods',
      })
    },
  )

  it('wraps as the HPA does where usage is beyond all bounds', () => {
    const shares = [{ usage: MAX_INT64, request: 1000 }]
    // MaxInt64 · 100 is -100 in 64 bits.
    expect(utilizationOf(shares, 50)).toMatchObject({
      utilizationPercent: 0,
      averageUsage: MAX_INT64,
    })
  })
})

describe('meanUsageOf', () => {
  it('is a whole mean over its target', () => {
    expect(meanUsageOf([1000, 1001], 500)).toEqual({ ratio: 2, averageUsage: 1000 })
    expect(meanUsageOf([-3, 0], 2)).toEqual({ ratio: -0.5, averageUsage: -1 })
  })

  it('wraps beyond 64 bits', () => {
    const averageUsage = -1
    expect(meanUsageOf([MAX_INT64, MAX_INT64], 1)).toEqual({ ratio: -1, averageUsage })
    expect(meanUsageOf([MAX_INT64], int64(MAX_INT64))).toEqual({
      ratio: 1,
      averageUsage: MAX_INT64,
    })
  })
})
