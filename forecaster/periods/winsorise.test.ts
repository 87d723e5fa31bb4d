import { expect, it } from 'vitest'
import { winsorise } from './winsorise.ts'

it('draws half a per cent in at either end and leaves the rest', () => {
  const values = Float64Array.from({ length: 1001 }, (_, i) => i)
  const drawn = winsorise(values)
  expect(Math.min(...drawn)).toBe(5)
  expect(Math.max(...drawn)).toBe(995)
  expect(drawn.subarray(5, 996)).toEqual(values.subarray(5, 996))
})

it.each([[[]], [[NaN, NaN]], [[3]], [[NaN, 2, 9, NaN]]])('leaves %j as it is', (values) => {
  expect(winsorise(Float64Array.from(values))).toEqual(Float64Array.from(values))
})
