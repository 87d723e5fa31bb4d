import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counterRates, looksLikeCounter } from './counter.ts'
import { syntheticDemand } from './synthetic-demand.ts'

describe('counterRates', () => {
  it.each([
    { name: 'an increase per second', readings: [0, 60, 180], rates: [NaN, 1, 2] },
    { name: 'no increase', readings: [5, 5], rates: [NaN, 0] },
    { name: 'a reset', readings: [100, 160, 30], rates: [NaN, 1, 0.5], resets: [2] },
    { name: 'a reset to zero', readings: [100, 0, 60], rates: [NaN, 0, 1], resets: [1] },
    { name: 'no reading', readings: [0, NaN, 120, 180], rates: [NaN, NaN, NaN, 1] },
    {
      name: 'a reset where there was no reading',
      readings: [100, NaN, 30],
      rates: [NaN, NaN, NaN],
      resets: [2],
    },
    { name: 'a missing row', at: [0, 120, 180], readings: [0, 60, 120], rates: [NaN, NaN, 1] },
    { name: 'a late row', at: [0, 66, 120], readings: [0, 66, 120], rates: [NaN, 1, 1] },
    { name: 'a single reading', readings: [7], rates: [NaN] },
  ])('$name', ({ at, readings, rates, resets }) => {
    const atSeconds = Float64Array.from(at ?? readings.map((_, i) => i * 60))
    expect(counterRates(atSeconds, Float64Array.from(readings), 60)).toEqual({
      rates: Float64Array.from(rates),
      resets: resets ?? [],
    })
  })

  it('gives back the demand that was counted, wherever the counter began again', () => {
    const slot = fc.record({ demand: fc.nat({ max: 1e6 }), restarts: fc.boolean() })
    fc.assert(
      fc.property(fc.array(slot, { minLength: 1, maxLength: 50 }), (slots) => {
        let counter = 0
        const readings = slots.map(({ demand, restarts }) => {
          counter = (restarts ? 0 : counter) + 60 * demand
          return counter
        })
        const at = Float64Array.from(readings, (_, i) => i * 60)
        const { rates } = counterRates(at, Float64Array.from(readings), 60)
        slots.forEach(({ demand, restarts }, i) => {
          // A restart that counts more than was there before cannot be seen.
          const isSeen = !restarts || (readings[i] ?? NaN) < (readings[i - 1] ?? NaN)
          if (i > 0 && isSeen) expect(rates[i]).toBe(demand)
        })
      }),
    )
  })
})

describe('looksLikeCounter', () => {
  const demand = syntheticDemand({
    days: 2,
    stepSeconds: 300,
    level: 10,
    swing: 8,
    noise: 1,
    seed: 1,
  })
  const summed = (resetEvery: number) => {
    let sum = 0
    return demand.map((value, i) => (sum = i % resetEvery === 0 ? 0 : sum + value))
  }
  it.each([
    { name: 'demand', values: demand, is: false },
    { name: 'a counter', values: summed(Infinity), is: true },
    { name: 'a counter that begins again now and then', values: summed(250), is: true },
    { name: 'demand that begins again every ten slots', values: summed(10), is: false },
    {
      name: 'a counter with gaps',
      values: summed(Infinity).map((value, i) => (i % 7 === 0 ? NaN : value)),
      is: true,
    },
    { name: 'a constant', values: new Float64Array(100).fill(5), is: false },
    { name: 'steps that are seldom taken', values: demand.map((_, i) => i >> 5), is: false },
    { name: 'too few values', values: Float64Array.of(1, 2, 3, 4), is: false },
    { name: 'nothing', values: new Float64Array(0), is: false },
  ])('$name: $is', ({ values, is }) => {
    expect(looksLikeCounter(values)).toBe(is)
  })
})
