import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadSteps, leadTime, percentileOf } from './lead-time.ts'

const bounds = { percentile: 90, initialSeconds: 60, maxSeconds: 600 }
const many = (seconds: number) => new Array<number>(10).fill(seconds)

describe('leadTime', () => {
  it.each([
    { name: 'no pod seen: the guess', seen: [], planned: 60, source: 'initial' },
    { name: 'few and quick: the guess still', seen: [20, 25], planned: 60, source: 'learned' },
    { name: 'few and slow: what was seen', seen: [20, 95], planned: 95, source: 'learned' },
    {
      name: 'enough: what was seen, quicker than the guess',
      seen: many(20),
      planned: 20,
      source: 'learned',
    },
    { name: 'never beyond the maximum', seen: many(900), planned: 600, source: 'learned' },
  ])('$name', ({ seen, planned, source }) => {
    const expected = { startUpSeconds: planned, source, samples: seen.length }
    expect(leadTime(seen, bounds)).toEqual(expected)
  })

  it('keeps a guess beyond the maximum to the maximum', () => {
    expect(leadTime([], { ...bounds, initialSeconds: 900 }).startUpSeconds).toBe(600)
  })
})

describe('leadSteps', () => {
  it.each([
    { startUp: 180, sync: 0, step: 60, steps: 3 },
    { startUp: 180, sync: 15, step: 60, steps: 4 },
    { startUp: 181, sync: 0, step: 60, steps: 4 },
    { startUp: 0, sync: 0, step: 60, steps: 1 },
    { startUp: 600, sync: 0, step: 300, steps: 2 },
    { startUp: 0.1 + 0.2, sync: 0, step: 0.1, steps: 3 },
  ])('$startUp s + $sync s in steps of $step s: $steps', ({ startUp, sync, step, steps }) => {
    expect(leadSteps(startUp, sync, step)).toBe(steps)
  })
})

describe('percentileOf', () => {
  it.each([
    { samples: [3, 1, 2], percentile: 50, value: 2 },
    { samples: [3, 1, 2], percentile: 90, value: 3 },
    { samples: [3, 1, 2], percentile: 1, value: 1 },
    { samples: [], percentile: 90, value: NaN },
  ])('$percentile % of $samples is $value', ({ samples, percentile, value }) => {
    expect(percentileOf(samples, percentile)).toBe(value)
  })

  it('is one of the samples, with at least that share of them at or below it', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 99 }), (seconds, percentile) => {
        const value = percentileOf(seconds, percentile)
        const below = seconds.filter((second) => second <= value).length
        expect(seconds).toContain(value)
        expect(below / seconds.length).toBeGreaterThanOrEqual(percentile / 100)
      }),
    )
  })
})
