import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCourse, hold, proceed } from './course.ts'
import type { DecideInput } from './decide.ts'

const LONGEST = 6
const count = fc.nat({ max: 30 })
const window = fc.integer({ min: 1, max: LONGEST + 3 })

const known = (replicas: number) => ({ kind: 'known', replicas }) as const
const noForecast = { kind: 'absent', why: 'NoForecast' } as const
const notPredictable = { kind: 'absent', why: 'NotPredictable' } as const
const leftToHpa = { kind: 'absent', why: 'LeftToHpa' } as const

describe('hold', () => {
  it('is the largest of the newest needs, as many as are held and remembered', () => {
    const needs = fc.array(fc.tuple(count, fc.option(window, { nil: undefined })), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(needs, (asked) => {
        const course = createCourse(LONGEST)
        asked.forEach(([replicas, holdSteps = LONGEST], i) => {
          const steps = Math.min(holdSteps, LONGEST)
          const newest = asked.slice(Math.max(0, i + 1 - steps), i + 1)
          const largest = Math.max(...newest.map(([need]) => need))
          expect(hold(course, replicas, holdSteps)).toEqual(known(largest))
        })
      }),
    )
  })

  it('holds all it remembers where it is not told for how long', () => {
    const course = createCourse(3)
    const held = [9, 2, 3, 1, 0, 0].map((need) => hold(course, need))
    expect(held).toEqual([9, 9, 9, 3, 3, 1].map(known))
  })

  it('stops its clock in slots without a forecast', () => {
    const course = createCourse(2)
    hold(course, 9)
    for (let slot = 0; slot < 10; slot++) {
      proceed(course, input({ predicted: noForecast, fresh: false }))
    }
    expect([hold(course, 1), hold(course, 1)]).toEqual([known(9), known(1)])
  })
})

describe('proceed', () => {
  it('follows one decision with the next: what was decided stands', () => {
    const course = createCourse(1)
    expect(course.standing).toBeNull()
    expect(proceed(course, input({ predicted: known(7) })).replicas).toBe(7)
    expect(course.standing).toBe(7)
    expect(proceed(course, input({ predicted: known(4) })).replicas).toBe(4)
    expect(course.standing).toBe(4)
  })

  it('lowers what stands where it is left to the HPA, and in no doubt', () => {
    const course = createCourse(1)
    proceed(course, input({ predicted: known(7) }))
    expect(proceed(course, input({ predicted: noForecast })).replicas).toBe(7)
    expect(proceed(course, input({ predicted: known(3), fresh: false })).replicas).toBe(7)
    expect(proceed(course, input({ predicted: notPredictable })).replicas).toBe(2)
  })

  it('never lowers what stands in doubt, but to a new maximum', () => {
    const slot = fc.record({
      predicted: fc.oneof(count.map(known), fc.constantFrom(noForecast, notPredictable)),
      reactive: fc.oneof(count.map(known), fc.constant(leftToHpa)),
      fresh: fc.boolean(),
      maxReplicas: fc.integer({ min: 2, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 40 }), (slots) => {
        const course = createCourse(1)
        for (const given of slots) {
          const before = course.standing ?? 0
          const { replicas } = proceed(course, input(given))
          expect(course.standing).toBe(replicas)
          if (!given.fresh || given.predicted === noForecast) {
            expect(replicas).toBeGreaterThanOrEqual(Math.min(before, given.maxReplicas))
          }
        }
      }),
    )
  })
})

function input(change: Partial<DecideInput>): Omit<DecideInput, 'standing'> {
  return {
    ...{ predicted: noForecast, reactive: leftToHpa, fresh: true, minReplicas: 2, maxReplicas: 30 },
    ...change,
  }
}
