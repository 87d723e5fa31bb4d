import { expect, it } from 'vitest'
import { medianOf } from './median.ts'

it.each([
  { values: [3, 1, 2], median: 2 },
  { values: [4, 1], median: 2.5 },
  { values: [NaN, 9, NaN, 1, 5], median: 5 },
  { values: [7], median: 7 },
  { values: [NaN], median: NaN },
  { values: [], median: NaN },
])('the median of $values is $median', ({ values, median }) => {
  expect(medianOf(values)).toBe(median)
  expect(medianOf(Float64Array.from(values))).toBe(median)
})

it('leaves what it was given in its order', () => {
  const values = Float64Array.of(3, 1, 2)
  medianOf(values)
  expect(values).toEqual(Float64Array.of(3, 1, 2))
})
