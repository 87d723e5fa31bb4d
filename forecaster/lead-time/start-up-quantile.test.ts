import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startUpQuantile } from './start-up-quantile.ts'

const seconds = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 50 })
const percent = fc.integer({ min: 1, max: 98 })

describe('startUpQuantile', () => {
  it.each([
    { startUps: [3, 1, 2], starting: [], probability: 0.5, value: 2 },
    { startUps: [3, 1, 2], starting: [], probability: 0.9, value: 3 },
    { startUps: [3, 1, 2], starting: [], probability: 0.01, value: 1 },
    { startUps: [0], starting: [], probability: 0.9, value: 0 },
    { startUps: [], starting: [], probability: 0.9, value: NaN },
    // Of four and the one to come: 4/5 take longer than 10, 4/5 * 2/3 longer than 30.
    { startUps: [10, 30, 40], starting: [20], probability: 0.5, value: 40 },
    { startUps: [10, 30, 40], starting: [5], probability: 0.5, value: 30 },
    { startUps: [10, 30, 40], starting: [50], probability: 0.9, value: 50 },
    // At the same second the pod that became Ready went first.
    { startUps: [10, 20], starting: [10], probability: 0.25, value: 10 },
    { startUps: [], starting: [7], probability: 0.5, value: 7 },
  ])('$probability of $startUps with $starting still starting: $value', (row) => {
    expect(startUpQuantile(row.startUps, row.starting, row.probability)).toBe(row.value)
  })

  it('is one of the start-ups, with at least that share of them at or below it', () => {
    fc.assert(
      fc.property(seconds, percent, (startUps, p) => {
        fc.pre(startUps.length > 0)
        const value = startUpQuantile(startUps, [], p / 100)
        const below = startUps.filter((second) => second <= value).length
        expect(startUps).toContain(value)
        expect(below / startUps.length).toBeGreaterThanOrEqual(p / 100)
      }),
    )
  })

  it('never falls because a pod goes on starting', () => {
    fc.assert(
      fc.property(seconds, seconds, percent, (startUps, starting, p) => {
        fc.pre(startUps.length + starting.length > 0)
        const before = startUpQuantile(startUps, starting, p / 100)
        const later = starting.map((age) => age + 60)
        expect(startUpQuantile(startUps, later, p / 100)).toBeGreaterThanOrEqual(before)
      }),
    )
  })
})
