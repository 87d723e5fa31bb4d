import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellStepsOf } from './cells.ts'

describe('cellStepsOf', () => {
  it.each([
    { stepSeconds: 15, steps: 20, name: 'five minutes' },
    { stepSeconds: 60, steps: 5, name: 'five minutes' },
    { stepSeconds: 120, steps: 3, name: 'the whole slots nearest to that' },
    { stepSeconds: 150, steps: 2, name: 'five minutes' },
    { stepSeconds: 300, steps: 1, name: 'five minutes' },
    { stepSeconds: 900, steps: 1, name: 'a slot, where it is longer' },
    { stepSeconds: 86_400, steps: 1, name: 'a slot, where it is a day' },
    { stepSeconds: 160, steps: 1, name: 'a slot, where no quarter of a day is of such cells' },
    { stepSeconds: 7, steps: 1, name: 'a slot, where no day is of whole slots' },
  ])('of $stepSeconds s are $steps: $name', ({ stepSeconds, steps }) => {
    expect(cellStepsOf(stepSeconds, Math.round(86_400 / stepSeconds))).toBe(steps)
  })

  it('divides the quarter of a day that a history drops at once, or is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), (stepSeconds) => {
        const stepsPerDay = Math.max(1, Math.round(86_400 / stepSeconds))
        const steps = cellStepsOf(stepSeconds, stepsPerDay)
        expect(steps === 1 || (stepsPerDay / 4) % steps === 0).toBe(true)
        expect(steps).toBeGreaterThanOrEqual(1)
        // Rounded to whole slots, yet never half as much again.
        if (steps > 1) expect(steps * stepSeconds).toBeLessThan(450)
      }),
      { numRuns: 1000 },
    )
  })
})
