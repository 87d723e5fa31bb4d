import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costScale, shareScale } from './cost-scales.ts'

test('shares lie between the ends, never is at the start, the rarest a little on', () => {
  const x = shareScale(10, 102)
  expect([0, 0.01, 0.1, 1, 100].map((share) => Math.round(x(share)))).toEqual([10, 22, 42, 62, 102])
  expect(x(1e-9)).toBe(10)
})

test('costs lie within the axis, dearer ones higher, ticks among them', () => {
  const cost = fc.double({ min: 0.01, max: 1e7, noNaN: true })
  fc.assert(
    fc.property(fc.array(cost, { minLength: 1, maxLength: 20 }), (costs) => {
      const { at, ticks } = costScale(costs, 12, 280)
      const places = costs.toSorted((a, b) => a - b).map(at)
      expect(places).toEqual(places.toSorted((a, b) => b - a))
      for (const place of [...places, ...ticks.map(at)]) {
        expect(place).toBeGreaterThanOrEqual(12 - 1e-9)
        expect(place).toBeLessThanOrEqual(280 + 1e-9)
      }
    }),
  )
})
