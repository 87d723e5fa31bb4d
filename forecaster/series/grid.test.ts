import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeOnGrid } from './grid.ts'

const placed = (atMs: readonly number[]) => {
  const placement = placeOnGrid(Float64Array.from(atMs))
  if (placement === null) return null
  const { stepMs, startMs, slots, outside } = placement
  return { stepMs, startMs, slots: [...slots], outside }
}

describe('placeOnGrid', () => {
  it.each([
    { name: 'an even grid', at: [0, 60, 120], step: 60, slots: [0, 1, 2] },
    { name: 'a missing row', at: [0, 60, 180, 240], step: 60, slots: [0, 1, 3, 4] },
    { name: 'the most common distance', at: [0, 300, 360, 420], step: 60, slots: [0, 5, 6, 7] },
    {
      name: 'of two distances, the one that fits all',
      at: [0, 60, 90],
      step: 30,
      slots: [0, 2, 3],
    },
    { name: 'the same, the other way round', at: [0, 30, 90], step: 30, slots: [0, 1, 3] },
    { name: 'a fractional step', at: [0.5, 1, 1.5], step: 0.5, slots: [0, 1, 2] },
    { name: 'hours', at: [7200, 10800, 18000], step: 3600, slots: [0, 1, 3] },
    { name: 'one stamp off', at: [7, 67, 128, 187, 247], step: 60, slots: [0, 1, 2, 3, 4] },
    { name: 'the first stamp off', at: [8, 67, 127, 187], step: 60, slots: [0, 1, 2, 3], start: 7 },
    {
      name: 'jitter around whole minutes',
      at: [61.2, 119.5, 182.1, 239.9, 301.3, 360.4],
      step: 60,
      slots: [0, 1, 2, 3, 4, 5],
      start: 60,
    },
    {
      name: 'jitter around no whole minute',
      at: [21, 81.7, 139.4, 202.1, 261.3],
      step: 60,
      slots: [0, 1, 2, 3, 4],
      start: 21.3,
    },
    { name: 'a quarter of a step off', at: [0, 60, 135, 180], step: 60, slots: [0, 1, 2, 3] },
    { name: 'more than a quarter off', at: [0, 60, 136, 180], step: 60, slots: [0, 1, -1, 3] },
    { name: 'two in a slot', at: [0, 100, 200, 201], step: 100, slots: [0, 1, 2, -1] },
  ])('$name', ({ at, step, slots, start }) => {
    const found = placed(at.map((seconds) => seconds * 1000))
    expect(found).toMatchObject({ stepMs: step * 1000, startMs: (start ?? at[0] ?? NaN) * 1000 })
    expect(found?.slots).toEqual(slots)
    expect(found?.outside).toBe(slots.filter((slot) => slot === -1).length)
  })

  it.each([{ at: [] }, { at: [60] }])('sees no step in $at', ({ at }) => {
    expect(placed(at)).toBeNull()
  })

  it('takes an hour for an hour, though stamps are up to two minutes late', () => {
    const at = Array.from({ length: 9 * 24 }, (_, i) => i * 3_600_000 + ((i * i * 7919) % 120_000))
    expect(placed(at)).toMatchObject({ stepMs: 3_600_000, startMs: 0, outside: 0 })
  })

  const jittered = fc.record({
    stepMs: fc.constantFrom(1000, 15_000, 60_000, 300_000, 3_600_000),
    startSteps: fc.integer({ min: 0, max: 500_000 }),
    kept: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 9, maxLength: 80 }),
    jitter: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 80, maxLength: 80 }),
  })

  it('finds each slot again after a jitter of a tenth of a step and rows that are missing', () => {
    fc.assert(
      fc.property(jittered, ({ stepMs, startSteps, kept, jitter }) => {
        const slots: number[] = []
        kept.reduce((slot, skip) => {
          slots.push(slot)
          return slot + (skip === 0 && slots.length % 4 === 3 ? 2 : 1)
        }, startSteps)
        const at = slots.map((slot, i) => Math.round((slot + 0.1 * (jitter[i] ?? 0)) * stepMs))
        const found = placed(at)
        expect(found?.outside).toBe(0)
        const steps = (slots.at(-1) ?? NaN) - startSteps
        const unsure = (0.2 / steps) * stepMs + (stepMs < 600_000 ? 500 : 30_000)
        expect(Math.abs((found?.stepMs ?? NaN) - stepMs)).toBeLessThanOrEqual(unsure)
        expect(found?.slots).toEqual(slots.map((slot) => slot - startSteps))
      }),
    )
  })
})
