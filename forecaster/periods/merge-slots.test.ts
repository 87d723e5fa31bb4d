import { expect, it } from 'vitest'
import { mergeSlots } from './merge-slots.ts'

it.each([
  { name: 'four quarter minutes', stepSeconds: 15, values: [1, 2, 3, 6, 5], merged: [3], step: 60 },
  {
    name: 'what is known',
    stepSeconds: 30,
    values: [NaN, 4, NaN, NaN],
    merged: [4, NaN],
    step: 60,
  },
  { name: 'whole slots only', stepSeconds: 25, values: [1, 3, 5, 5, 9], merged: [2, 5], step: 50 },
  { name: 'nothing at the longest', stepSeconds: 60, values: [1, NaN], merged: [1, NaN], step: 60 },
  { name: 'nothing above it', stepSeconds: 3600, values: [1, 2], merged: [1, 2], step: 3600 },
])('merges $name', ({ stepSeconds, values, merged, step }) => {
  expect(mergeSlots({ stepSeconds, values: Float64Array.from(values) }, 60)).toEqual({
    stepSeconds: step,
    values: Float64Array.from(merged),
  })
})
