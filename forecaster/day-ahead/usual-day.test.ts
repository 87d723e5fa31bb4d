import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendSample, createHistory } from '../series/history.ts'
import { blockOfDay, usualDay } from './usual-day.ts'

const HOUR = 3600
const MIDNIGHT = 20_000 * 24

/** What is learned from these samples, hourly from midnight on, at the end of them. */
function learned(values: readonly number[], stepSeconds = HOUR) {
  const firstStep = (MIDNIGHT * HOUR) / stepSeconds
  const history = createHistory(stepSeconds, firstStep, 9)
  for (const value of values) appendSample(history, value)
  return usualDay(history, firstStep + values.length)
}

const days = (...levels: number[]) => levels.flatMap((level) => Array<number>(24).fill(level))

describe('usualDay', () => {
  it('is the mean of the days, at each time of day', () => {
    const values = Array.from({ length: 72 }, (_, hour) => (hour % 24) * 10 + Math.floor(hour / 24))
    expect([...learned(values).centre]).toEqual(Array.from({ length: 24 }, (_, h) => h * 10 + 1))
  })

  it('looks at seven days and no further back', () => {
    expect(learned(days(1000, 1, 2, 3, 4, 5, 6, 7)).centre[0]).toBe(4)
  })

  it.each([
    { name: 'two days, ten apart', levels: [10, 20], error: 5 * Math.sqrt(3) },
    { name: 'three days', levels: [10, 20, 15], error: 5 * Math.sqrt(2) },
    {
      name: 'seven days',
      levels: [10, 20, 15, 15, 15, 15, 15],
      error: 5 * Math.sqrt(8 / 6),
    },
  ])('lets a new day lie further off than the known ones: $name', ({ levels, error }) => {
    const { errors } = learned(days(...levels))
    expect(errors.at(-1)).toBeCloseTo(1.15 * error, 9)
    expect(errors[0]).toBeCloseTo(-1.15 * error, 9)
  })

  it('leaves what moves within a block as it was seen', () => {
    // Both days have the same mean; one minute of each block stands out by nine.
    const values = Array.from({ length: 2 * 1440 }, (_, minute) => (minute % 10 === 3 ? 15 : 5))
    const { errors, blockSteps, blocks } = learned(values, 60)
    expect([blockSteps, blocks]).toEqual([10, 144])
    expect(new Set([...errors].map((error) => Number(error.toFixed(9))))).toEqual(new Set([-1, 9]))
  })

  it('knows nothing of a time of day that fewer than two days have', () => {
    const values = days(10, 20, 30)
    for (const hour of [5, 5 + 24]) values[hour] = NaN
    const { centre, errors, errorBlock } = learned(values)
    expect(centre[5]).toBeNaN()
    expect(centre[6]).toBe(20)
    expect(errorBlock).not.toContain(5)
    expect(errors).toHaveLength(3 * 23)
  })

  it('takes what two ends of the seven days share of a block for two days', () => {
    // The last block is half there today, and half there a week ago.
    const firstStep = (MIDNIGHT * HOUR) / 60
    const history = createHistory(60, firstStep + 5, 9)
    for (let i = 0; i < 7 * 1440; i++) appendSample(history, i < 5 ? 40 : 0)
    expect(usualDay(history, firstStep + 5 + 7 * 1440).centre[0]).toBe(40 / 8)
  })

  it('gives its errors in order, each with its block, gaps left out', () => {
    const sample = fc.oneof(
      { weight: 4, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    )
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 200 }), (values) => {
        const { errors, errorBlock, blocks } = learned(values)
        expect([...errors]).toEqual([...errors].toSorted((a, b) => a - b))
        expect(errorBlock).toHaveLength(errors.length)
        expect(errorBlock.every((block) => block < blocks)).toBe(true)
        expect(errors.some(Number.isNaN)).toBe(false)
      }),
    )
  })
})

describe('blockOfDay', () => {
  it.each([
    { step: MIDNIGHT * 60, stepsPerDay: 1440, blockSteps: 10, block: 0 },
    { step: MIDNIGHT * 60 + 9, stepsPerDay: 1440, blockSteps: 10, block: 0 },
    { step: MIDNIGHT * 60 + 10, stepsPerDay: 1440, blockSteps: 10, block: 1 },
    { step: MIDNIGHT * 60 - 1, stepsPerDay: 1440, blockSteps: 10, block: 143 },
    { step: MIDNIGHT + 23, stepsPerDay: 24, blockSteps: 1, block: 23 },
  ])('is $block for slot $step of days of $stepsPerDay', (of) => {
    expect(blockOfDay(of.step, of.stepsPerDay, of.blockSteps)).toBe(of.block)
  })
})
