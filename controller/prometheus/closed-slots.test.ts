import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { closedSlots, lastClosedSlotSeconds } from './closed-slots.ts'

describe('closedSlots', () => {
  it('asks the slots 08:00..08:02 as the points 08:01..08:03', () => {
    const request = closedSlots('q', { firstSeconds: 28800, lastSeconds: 28920, stepSeconds: 60 })
    expect(request).toEqual({
      query: 'q',
      startSeconds: 28860,
      endSeconds: 28980,
      stepSeconds: 60,
    })
  })

  it.each([
    { firstSeconds: 30, lastSeconds: 120, stepSeconds: 60 },
    { firstSeconds: 0, lastSeconds: 90, stepSeconds: 60 },
    { firstSeconds: 120, lastSeconds: 60, stepSeconds: 60 },
    { firstSeconds: 0, lastSeconds: 60, stepSeconds: 0 },
    { firstSeconds: Number.NaN, lastSeconds: 60, stepSeconds: 60 },
  ])('refuses %o', (span) => {
    expect(() => closedSlots('q', span)).toThrow(RangeError)
  })
})

describe('lastClosedSlotSeconds', () => {
  it.each([
    [120, 60, 0, 60],
    [179, 60, 0, 60],
    [180, 60, 0, 120],
    [180, 60, 1, 60],
    [185, 60, 30, 60],
  ])('at %d s, step %d s, delay %d s is %d', (now, step, delay, expected) => {
    expect(lastClosedSlotSeconds(now, step, delay)).toBe(expected)
  })

  it('is over, with its point in the past, and less than one step before that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.constantFrom(15, 60, 300),
        fc.integer({ min: 0, max: 600 }),
        (now, step, delay) => {
          const slot = lastClosedSlotSeconds(now, step, delay)
          expect(slot % step === 0 && slot + step <= now - delay).toBe(true)
          expect(slot + 2 * step > now - delay).toBe(true)
          const last = closedSlots('q', {
            firstSeconds: slot,
            lastSeconds: slot,
            stepSeconds: step,
          })
          expect(last.endSeconds).toBeLessThanOrEqual(now - delay)
        },
      ),
    )
  })
})
