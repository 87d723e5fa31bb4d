import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toGrid } from './grid.ts'
import { slotStartSeconds } from './series.ts'

describe('toGrid', () => {
  it.each([
    { name: 'an even grid', at: [0, 60, 120], step: 60, values: [1, 2, 3] },
    { name: 'a missing row is a gap', at: [0, 60, 180, 240], step: 60, values: [1, 2, NaN, 3, 4] },
    { name: 'a long gap', at: [0, 60, 120, 360], step: 60, values: [1, 2, 3, NaN, NaN, NaN, 4] },
    { name: 'the most common distance', at: [0, 300, 360, 420], step: 60, slots: 8 },
    { name: 'a tie goes to the distance seen first', at: [0, 60, 90], step: 60, slots: 3 },
    { name: 'a tie, the other way round', at: [0, 30, 90], step: 30, slots: 4 },
    { name: 'stamps a little off', at: [7, 67, 128, 187, 247], step: 60, values: [1, 2, 3, 4, 5] },
    { name: 'a fractional step', at: [0.5, 1, 1.5], step: 0.5, values: [1, 2, 3] },
  ])('$name', ({ at, step, values, slots }) => {
    const series = toGrid(
      at,
      at.map((_, i) => i + 1),
    )
    expect(series?.startSeconds).toBe(at[0])
    expect(series?.stepSeconds).toBe(step)
    if (values !== undefined) expect(Array.from(series?.values ?? [])).toEqual(values)
    if (slots !== undefined) expect(series?.values).toHaveLength(slots)
  })

  it.each([{ at: [] }, { at: [60] }, { at: [60, 60] }])('sees no step in $at', ({ at }) => {
    expect(
      toGrid(
        at,
        at.map(() => 1),
      ),
    ).toBeNull()
  })

  it('keeps a NaN of the source as a gap and a zero as a zero', () => {
    const series = toGrid([0, 60, 120], [0, NaN, 2])
    expect(Array.from(series?.values ?? [])).toEqual([0, NaN, 2])
  })

  it('restores a regular series with rows removed, NaN exactly where they were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 8, maxLength: 60 }),
        fc.constantFrom(15, 60, 300),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.infiniteStream(fc.nat()),
        (values, stepSeconds, start, numbers) => {
          const last = values.length - 1
          const removed = new Set<number>()
          // Fewer than a third of the distances may change, or the step is not the most common one.
          for (let i = 0; i < Math.floor((last - 1) / 3); i++) {
            removed.add(1 + ((numbers.next().value ?? 0) % (last - 1)))
          }
          const kept = values.map((_, i) => i).filter((i) => !removed.has(i))
          const series = toGrid(
            kept.map((i) => start + i * stepSeconds),
            kept.map((i) => values[i] ?? NaN),
          )
          expect(Array.from(series?.values ?? [])).toEqual(
            values.map((value, i) => (removed.has(i) ? NaN : value)),
          )
          if (series !== null) expect(slotStartSeconds(series, 3)).toBe(start + 3 * stepSeconds)
        },
      ),
    )
  })
})
