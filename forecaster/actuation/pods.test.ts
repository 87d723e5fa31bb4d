import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { becomeReady, existingPods, scaleTo, startPods } from './pods.ts'

/** Ready and existing pods in each slot, from two Ready ones, for the replicas asked slot by slot. */
function play(asked: readonly number[], startUp: (created: number) => number) {
  const pods = startPods(2)
  return asked.map((desired, slot) => {
    becomeReady(pods, slot)
    scaleTo(pods, desired, slot, startUp)
    return [pods.ready, existingPods(pods)]
  })
}

describe('pods', () => {
  it('become Ready in the first slot a start-up after they were asked for', () => {
    expect(play([4, 4, 4, 4], () => 3)).toEqual([
      [2, 4],
      [2, 4],
      [2, 4],
      [4, 4],
    ])
  })

  it('are Ready at once where they need no time', () => {
    expect(play([4], () => 0)).toEqual([[4, 4]])
  })

  it('go at once, the youngest pending ones first and Ready ones last', () => {
    expect(play([2, 4, 6, 5, 5, 5, 1], () => 3)).toEqual([
      [2, 2],
      [2, 4],
      [2, 6],
      [2, 5],
      [4, 5],
      [5, 5],
      [1, 1],
    ])
  })

  it('each have a start-up of their own, by the order they were created in', () => {
    const startUps = [4, 1, 2]
    expect(play([4, 5, 5, 5, 5], (created) => startUps[created] ?? 9)).toEqual([
      [2, 4],
      [3, 5],
      [3, 5],
      [4, 5],
      [5, 5],
    ])
  })

  it('go by their creation, whichever would have been Ready first', () => {
    const startUps = [4, 2]
    expect(play([4, 3, 3, 3, 3], (created) => startUps[created] ?? 9)).toEqual([
      [2, 4],
      [2, 3],
      [2, 3],
      [2, 3],
      [3, 3],
    ])
  })

  it('never count a removed pod as one not created', () => {
    const seen: number[] = []
    play([4, 2, 4], (created) => {
      seen.push(created)
      return 3
    })
    expect(seen).toEqual([0, 1, 2, 3])
  })

  it('exist exactly as many as were asked for, and no more are Ready', () => {
    const asked = fc.array(fc.nat({ max: 12 }), { maxLength: 40 })
    const startUps = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(asked, startUps, (desired, slots) => {
        const run = play(desired, (created) => slots[created % slots.length] ?? 0)
        run.forEach(([ready, existing], slot) => {
          expect(existing).toBe(desired[slot])
          expect(ready).toBeLessThanOrEqual(existing ?? 0)
          expect(ready).toBeGreaterThanOrEqual(0)
        })
      }),
    )
  })
})
