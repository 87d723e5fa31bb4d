import { expect, it } from 'vitest'
import { holdSteps } from './hold.ts'

it.each([
  { name: 'the window', lead: 3, step: 60, window: 300, steps: 5 },
  { name: 'the lead, where it is longer', lead: 8, step: 60, window: 300, steps: 8 },
  { name: 'whole slots that cover the window', lead: 1, step: 420, window: 900, steps: 3 },
  { name: 'one slot at least', lead: 0, step: 60, window: 0, steps: 1 },
])('holds over $name: $steps', ({ lead, step, window, steps }) => {
  expect(holdSteps(lead, step, window)).toBe(steps)
})
