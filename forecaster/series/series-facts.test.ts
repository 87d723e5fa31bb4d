import { describe, expect, it } from 'vitest'
import { seriesFacts } from './series-facts.ts'

describe('seriesFacts', () => {
  it.each([
    {
      name: 'samples without a gap',
      values: [3, 1, 0, 2],
      facts: { missing: 0, gaps: 0, longestGap: null, least: 0, median: 1, most: 3, zeros: 1 },
    },
    {
      name: 'gaps, at both ends too',
      values: [NaN, 5, NaN, NaN, 7, NaN, NaN],
      facts: { missing: 5, gaps: 3, longestGap: { firstSlot: 2, slots: 2 }, least: 5, most: 7 },
    },
    {
      name: 'nothing known',
      values: [NaN, NaN],
      facts: { missing: 2, gaps: 1, longestGap: { firstSlot: 0, slots: 2 }, median: NaN, zeros: 0 },
    },
  ])('$name', ({ values, facts }) => {
    const series = { values: Float64Array.from(values) }
    expect(seriesFacts(series)).toMatchObject({ samples: values.length, ...facts })
  })
})
