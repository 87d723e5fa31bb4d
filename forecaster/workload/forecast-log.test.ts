import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inReplicas } from '../distribution/distribution.ts'
import {
  achievedCoverage,
  createForecastLog,
  forecastFor,
  judgeForecast,
  LOGGED_QUANTILES,
  logForecast,
} from './forecast-log.ts'

/** Demand that is even between 0 and `most` replicas: its quantiles are shares of it. */
const even = (most: number) =>
  inReplicas(
    1,
    (demand) => Math.max(0, 1 - demand / most),
    (probability) => most * probability,
  )

describe('the forecast log', () => {
  it('remembers what was said of a slot until a lead later', () => {
    const log = createForecastLog(3)
    for (let step = 100; step < 110; step++) {
      logForecast(log, step + 3, even(step + 3))
      const remembered = [step, step + 3].map((slot) => forecastFor(log, slot)?.[0] ?? null)
      expect(remembered).toEqual([step >= 103 ? step * 0.5 : null, (step + 3) * 0.5])
    }
    expect(forecastFor(log, 50)).toBeNull()
    expect(forecastFor(log, 120)).toBeNull()
  })

  it('counts demand at a quantile as within it, float noise too', () => {
    const log = createForecastLog(1)
    logForecast(log, 7, even(10))
    judgeForecast(log, 7, 9 * (1 + 1e-12))
    expect(LOGGED_QUANTILES.map((_, i) => achievedCoverage(log, i))).toEqual([0, 1, 1, 1])
  })

  it('counts nowhere what was not forecast or is not known', () => {
    const log = createForecastLog(1)
    judgeForecast(log, 6, 3)
    logForecast(log, 7, even(10))
    judgeForecast(log, 7, NaN)
    judgeForecast(log, 8, 3)
    expect(log.judged).toBe(0)
    expect(achievedCoverage(log, 0)).toBeNull()
  })

  it('achieves what is so: the share of slots at or below each quantile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1 }),
        (actual) => {
          const log = createForecastLog(1)
          actual.forEach((replicas, i) => {
            logForecast(log, i, even(10))
            judgeForecast(log, i, replicas)
          })
          LOGGED_QUANTILES.forEach((probability, i) => {
            const within = actual.filter((replicas) => replicas <= 10 * probability * (1 + 1e-9))
            expect(achievedCoverage(log, i)).toBe(within.length / actual.length)
          })
        },
      ),
    )
  })
})
