import { describe, expect, it } from 'vitest'

import { forecastError } from './forecast-error.ts'
import { emptySeries } from './recorded.ts'

/** As `expect` compares it; typed, unlike closeTo. */
const near = (value: number): unknown => expect.closeTo(value, 12)

describe('forecastError', () => {
  it('counts a slot only where forecast and actual are both known', () => {
    const series = {
      ...emptySeries(5),
      demand: Float64Array.of(1, 2, NaN, 4, 6),
      'forecast 0.5': Float64Array.of(2, 1, 1, NaN, 4),
      'forecast 0.9': Float64Array.of(2, 2, 2, NaN, 5),
    }
    const { quantiles, meanPinballLoss, medianAbsoluteError } = forecastError(series)
    // 0.5: errors -1, 1, 2. 0.9: errors -1, 0, 1: below the forecast weighs 0.1, above it 0.9.
    expect(quantiles).toEqual([
      { asked: 0.5, within: 1, counted: 3, pinballLoss: (0.5 + 0.5 + 1) / 3 },
      { asked: 0.9, within: 2, counted: 3, pinballLoss: near((0.1 + 0 + 0.9) / 3) },
      { asked: 0.95, within: 0, counted: 0, pinballLoss: null },
      { asked: 0.99, within: 0, counted: 0, pinballLoss: null },
    ])
    expect(meanPinballLoss).toBeCloseTo((2 / 3 + 1 / 3) / 2, 12)
    expect(medianAbsoluteError).toBe(1)
  })

  it('does not take float noise above the forecast for demand above it', () => {
    const series = {
      ...emptySeries(1),
      demand: Float64Array.of(0.1 + 0.2),
      'forecast 0.5': Float64Array.of(0.3),
    }
    expect(forecastError(series).quantiles[0]?.within).toBe(1)
  })

  it('knows nothing from nothing', () => {
    const error = forecastError(emptySeries(3))
    expect(error.meanPinballLoss).toBeNull()
    expect(error.medianAbsoluteError).toBeNull()
  })
})
