import { expect, it } from 'vitest'
import { formatQuantity } from './format-quantity.ts'

it.each([
  [500, '500m'],
  [1500, '1500m'],
  [2000, '2'],
  [1_500_000, '1500'],
  [2_000_000, '2k'],
  [0, '0'],
  [-500, '-500m'],
  [9223372036854775807n, '9223372036854775807m'],
])('%d thousandths are %s', (milli, text) => {
  expect(formatQuantity(milli)).toBe(text)
})

it.each([
  [64 * 2 ** 20 * 1000, '64Mi'],
  [1000 * 1000, '1k'],
  [1024 * 1000, '1Ki'],
  [1500 * 1000, '1500'],
  [1025 * 1000 + 1, '1025001m'],
])('as memory %d are %s', (milli, text) => {
  expect(formatQuantity(milli, true)).toBe(text)
})
