import { expect, test } from 'vitest'

import { sanityBound } from './sanity.ts'

test.each([
  [0, 1, 10],
  [2, 1, 10],
  [20, 1, 60],
  [20.5, 1, 62],
  [20, 3, 180],
  [20, 0.5, 60],
])('a highest need of %d, expected times %d: at most %d replicas', (highest, factor, most) => {
  expect(sanityBound(highest, factor)).toBe(most)
})
