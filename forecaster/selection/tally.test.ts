import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { count, createTally, loss, type Tally, violatedShare } from './tally.ts'

interface Slot {
  violated: boolean
  existing: number
}

const slots = fc.array(fc.record({ violated: fc.boolean(), existing: fc.nat({ max: 50 }) }), {
  maxLength: 60,
})
const stepsPerDay = fc.constantFrom(1, 24, 96, 1440)

function tallyOf(lived: readonly Slot[], perDay: number): Tally {
  const tally = createTally()
  for (const { violated, existing } of lived) count(tally, violated, existing, perDay)
  return tally
}

/** Sum over slots, one that is `age` slots old weighing 0.5 ** (age in days / 14). */
function weighed(lived: readonly Slot[], perDay: number, amount: (slot: Slot) => number): number {
  return lived.reduce((sum, slot, i) => {
    const age = lived.length - 1 - i
    return sum + amount(slot) * 0.5 ** (age / (14 * perDay))
  }, 0)
}

describe('a tally', () => {
  it('is the sum over its slots, halved in weight every 14 days', () => {
    fc.assert(
      fc.property(slots, stepsPerDay, (lived, perDay) => {
        const tally = tallyOf(lived, perDay)
        const expected: Tally = {
          slots: weighed(lived, perDay, () => 1),
          violated: weighed(lived, perDay, ({ violated }) => Number(violated)),
          replicas: weighed(lived, perDay, ({ existing }) => existing),
        }
        for (const sum of ['slots', 'violated', 'replicas'] as const) {
          expect(tally[sum]).toBeCloseTo(expected[sum], 9)
        }
      }),
    )
  })

  it('forgets: a bad day weighs a quarter after four weeks, whatever the step', () => {
    for (const perDay of [24, 1440]) {
      const tally = createTally()
      for (let i = 0; i < perDay; i++) count(tally, true, 1, perDay)
      const fresh = tally.violated
      for (let i = 0; i < 28 * perDay; i++) count(tally, false, 1, perDay)
      expect(tally.violated / fresh).toBeCloseTo(0.25, 9)
    }
  })
})

describe('violatedShare', () => {
  it.each([
    { name: 'half of the slots', tally: { slots: 40, violated: 20, replicas: 0 }, share: 0.5 },
    { name: 'all of them', tally: { slots: 40, violated: 40, replicas: 0 }, share: 1 },
    {
      name: 'none counts as half a slot',
      tally: { slots: 40, violated: 0, replicas: 0 },
      share: 1 / 80,
    },
    { name: 'nothing was lived through', tally: createTally(), share: 0.5 },
  ])('$name: $share', ({ tally, share }) => {
    expect(violatedShare(tally)).toBe(share)
  })

  it('is above zero and at most one, and never falls with another violated slot', () => {
    fc.assert(
      fc.property(slots, stepsPerDay, (lived, perDay) => {
        const [calm, short] = [false, true].map((violated) =>
          violatedShare(tallyOf([...lived, { violated, existing: 0 }], perDay)),
        )
        expect(calm).toBeGreaterThan(0)
        expect(short).toBeLessThanOrEqual(1)
        expect(short).toBeGreaterThanOrEqual(calm ?? NaN)
      }),
    )
  })
})

describe('loss', () => {
  it('is replica-steps, a violated step costing as many as its price says', () => {
    expect(loss({ slots: 10, violated: 2, replicas: 70 }, 190)).toBe(70 + 380)
    expect(loss({ slots: 10, violated: 0, replicas: 70 }, 1e6)).toBe(70)
  })
})
