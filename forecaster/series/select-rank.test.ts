import fc from 'fast-check'
import { expect, it } from 'vitest'
import { selectRank } from './select-rank.ts'

const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }))

it('finds what sorting would put there, and loses no value', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.nat(), (numbers, any) => {
      const values = Float64Array.from(numbers, (value) => value + 0)
      const sorted = values.toSorted()
      const rank = any % values.length
      expect(selectRank(values, rank)).toBe(sorted[rank])
      expect(values.toSorted()).toEqual(sorted)
    }),
  )
})

it('has nothing to say of nothing', () => {
  expect(selectRank(new Float64Array(0), 0)).toBeNaN()
})
