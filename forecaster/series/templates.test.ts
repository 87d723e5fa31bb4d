import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayTemplate, recentTemplate } from './templates.ts'

const samplesOf = (values: readonly number[], stepsPerDay: number, stepSeconds = 3600) => ({
  stepSeconds,
  stepsPerDay,
  length: values.length,
  values: Float64Array.from(values),
})

/** Samples within `reach` of the same time of day, `days` back, as the definition says it. */
function around(values: readonly number[], index: number, day: number, reach: number): number[] {
  const centre = index - day * STEPS_PER_DAY
  return values.filter((value, i) => Math.abs(i - centre) <= reach && !Number.isNaN(value))
}

function median(pool: readonly number[]): number {
  const sorted = pool.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

const STEPS_PER_DAY = 12
const sample = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 1e6 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
)
const history = fc.array(sample, { minLength: 9 * STEPS_PER_DAY, maxLength: 9 * STEPS_PER_DAY })
const slot = fc.integer({ min: 0, max: 10 * STEPS_PER_DAY - 1 })

describe('dayTemplate', () => {
  it('is the median of the same time on seven days, gaps left out', () => {
    const days = [9, 1, NaN, 5, 7, 3, NaN, 2]
    expect(dayTemplate(samplesOf(days, 1, 86_400), 8)).toBe(3)
    expect(dayTemplate(samplesOf(days, 1, 86_400), 7)).toBe(5)
  })

  it('is the middle of two for an even pool', () => {
    expect(dayTemplate(samplesOf([1, 4], 1, 86_400), 2)).toBe(2.5)
  })

  it.each([[[]], [[NaN, NaN]]])('is NaN for %j', (values) => {
    expect(dayTemplate(samplesOf(values, 1, 86_400), 2)).toBeNaN()
  })

  it.each([
    { stepSeconds: 3600, reach: 0 },
    { stepSeconds: 300, reach: 1 },
    { stepSeconds: 60, reach: 3 },
  ])(
    'pools three minutes either side: $reach slots of $stepSeconds s',
    ({ stepSeconds, reach }) => {
      fc.assert(
        fc.property(history, slot, (values, index) => {
          const pool = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => around(values, index, day, reach))
          const expected = median(pool)
          expect(dayTemplate(samplesOf(values, STEPS_PER_DAY, stepSeconds), index)).toBe(expected)
        }),
      )
    },
  )
})

describe('recentTemplate', () => {
  it('weighs each day back 0.6 of the day after it', () => {
    const expected = (1 * 30 + 0.6 * 20 + 0.36 * 10) / (1 + 0.6 + 0.36)
    expect(recentTemplate(samplesOf([10, 20, 30], 1, 86_400), 3)).toBeCloseTo(expected, 12)
  })

  it('gives the weight of a day without samples to the others', () => {
    const expected = (30 + 0.36 * 10) / 1.36
    const values = [10, NaN, 30]
    expect(recentTemplate(samplesOf(values, 1, 86_400), 3)).toBeCloseTo(expected, 12)
  })

  it('equals the weighted mean of its definition, two minutes either side', () => {
    fc.assert(
      fc.property(history, slot, (values, index) => {
        const weighted = [1, 2, 3, 4, 5, 6, 7].flatMap((day) =>
          around(values, index, day, 2).map((value) => ({ value, weight: 0.6 ** (day - 1) })),
        )
        const weights = weighted.map(({ weight }) => weight)
        const products = weighted.map(({ value, weight }) => value * weight)
        const expected = sum(products) / sum(weights)
        const seen = recentTemplate(samplesOf(values, STEPS_PER_DAY, 60), index)
        if (Number.isNaN(expected)) expect(seen).toBeNaN()
        else expect(seen / (expected || 1)).toBeCloseTo(expected === 0 ? 0 : 1, 9)
      }),
    )
  })
})
