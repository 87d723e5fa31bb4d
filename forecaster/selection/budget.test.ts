import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lossAt, placeOfShare, priceAt, wantedShare } from './budget.ts'
import { loss, type Tally, violatedShare } from './tally.ts'

const DAY = 96
/** Doubles would nearly all be tiny: these are spread. */
const budget = fc.integer({ min: 1, max: 3000 }).map((steps) => steps / 1e4)
const slotsLived = fc.nat({ max: 20 * DAY })
const share = fc.nat({ max: 1000 }).map((steps) => steps / 1000)

const ran = (slots: number, violated: number, replicas = 0): { tally: Tally } => ({
  tally: { slots, violated, replicas },
})

/** Runs over the same slots, from none short to all short, in any order: luck. */
const ladder = fc
  .tuple(
    slotsLived,
    fc.array(fc.tuple(share, fc.nat({ max: 1e5 })), { minLength: 1, maxLength: 11 }),
  )
  .map(([slots, rungs]) => rungs.map(([short, replicas]) => ran(slots, short * slots, replicas)))
const wanted = fc.nat({ max: 4000 }).map((steps) => 10 ** (-steps / 1000))

/** Shares short by rung, none more often than a cheaper one. */
function sharesOf(runs: readonly { tally: Tally }[]): number[] {
  let least = Infinity
  return runs.map(({ tally }) => (least = Math.min(least, violatedShare(tally))))
}

describe('wantedShare', () => {
  it.each([
    { name: 'owes nothing', slots: 1000, violated: 10, share: 0.01 },
    { name: 'nothing was lived through', slots: 0, violated: 0, share: 0.01 },
    { name: 'owes a day of its budget', slots: 0, violated: 0.96, share: 0.01 / 3 },
    { name: 'has a day of its budget left', slots: DAY, violated: 0, share: 0.01 + 0.01 / 1.5 },
    { name: 'owes more than can be paid back', slots: 0, violated: 50, share: 0.002 },
    { name: 'has more left than may be spent', slots: 100 * DAY, violated: 0, share: 0.03 },
  ])('$name: $share', ({ slots, violated, share: expected }) => {
    expect(wantedShare(0.01, ran(slots, violated).tally, DAY)).toBeCloseTo(expected, 12)
  })

  it('lies between a fifth and three times the budget', () => {
    fc.assert(
      fc.property(budget, slotsLived, share, (asked, slots, short) => {
        const of = wantedShare(asked, ran(slots, short * slots).tally, DAY)
        expect(of).toBeGreaterThanOrEqual(0.2 * asked)
        expect(of).toBeLessThanOrEqual(3 * asked)
      }),
    )
  })

  it('never rises with what its own history was short', () => {
    fc.assert(
      fc.property(budget, slotsLived, share, share, (asked, slots, one, other) => {
        const wantedAfter = (short: number) =>
          wantedShare(asked, ran(slots, short * slots).tally, DAY)
        expect(wantedAfter(Math.max(one, other))).toBeLessThanOrEqual(
          wantedAfter(Math.min(one, other)),
        )
      }),
    )
  })
})

describe('placeOfShare', () => {
  const runs = [ran(1000, 100), ran(1000, 10), ran(1000, 1), ran(1000, 0)]

  it.each([
    { name: 'on a rung', wanted: 0.01, place: 1 },
    { name: 'half way in the logarithm', wanted: Math.sqrt(0.1 * 0.01), place: 0.5 },
    { name: 'cheaper than all', wanted: 0.5, place: 0 },
    { name: 'no share is asked for', wanted: Infinity, place: 0 },
    { name: 'dearer than all', wanted: 1e-5, place: 3 },
    { name: 'no slot short stands for half a slot', wanted: 0.0005, place: 3 },
  ])('$name', ({ wanted: of, place }) => {
    const found = placeOfShare(runs, of)
    expect(found.rung + found.share).toBeCloseTo(place, 9)
  })

  it('inverts: between its two rungs, in the logarithm, lies the share that was wanted', () => {
    fc.assert(
      fc.property(ladder, wanted, (of, target) => {
        const shares = sharesOf(of)
        const { rung, share: between } = placeOfShare(of, target)
        const [low = NaN, high = low] = shares.slice(rung, rung + 2)
        const found = low ** (1 - between) * high ** between
        // What lies beyond an end of the ladder is served by that end.
        const nearest = Math.min(Math.max(target, Math.min(...shares)), shares[0] ?? NaN)
        expect(found / nearest).toBeCloseTo(1, 9)
      }),
      { numRuns: 500 },
    )
  })

  it('stays on the ladder, also where luck turned it around and where nothing was short', () => {
    fc.assert(
      fc.property(ladder, wanted, (of, target) => {
        const { rung, share: between } = placeOfShare(of, target)
        expect(of[rung]).toBeDefined()
        expect(between).toBeGreaterThanOrEqual(0)
        expect(between).toBeLessThanOrEqual(1)
        if (between > 0) expect(of[rung + 1]).toBeDefined()
      }),
      { numRuns: 500 },
    )
  })

  it('never goes down the ladder when less is wanted', () => {
    fc.assert(
      fc.property(ladder, wanted, wanted, (of, one, other) => {
        const [few, many] = [Math.min(one, other), Math.max(one, other)].map((target) =>
          placeOfShare(of, target),
        )
        const height = (place = { rung: NaN, share: NaN }) => place.rung + place.share
        expect(height(few)).toBeGreaterThanOrEqual(height(many) - 1e-12)
      }),
    )
  })
})

describe('priceAt', () => {
  const prices = Float64Array.of(5, 20, 80)

  it.each([
    { rung: 0, share: 0, price: 5 },
    { rung: 0, share: 0.5, price: 10 },
    { rung: 1, share: 1, price: 80 },
    { rung: 2, share: 0, price: 80 },
  ])('rung $rung and $share of the way: $price', ({ price, ...place }) => {
    expect(priceAt(prices, place)).toBeCloseTo(price, 9)
  })

  it('is the only price there is', () => {
    expect(priceAt(Float64Array.of(7), { rung: 0, share: 0 })).toBe(7)
  })
})

describe('lossAt', () => {
  it('lies between the losses of its two neighbours, and is theirs at each end', () => {
    fc.assert(
      fc.property(ladder, wanted, share, (of, target, between) => {
        const { rung } = placeOfShare(of, target)
        const [low = NaN, high = low] = of.slice(rung, rung + 2).map(({ tally }) => loss(tally, 50))
        const at = lossAt(of, { rung, share: between }, 50)
        expect(at).toBeGreaterThanOrEqual(Math.min(low, high) * (1 - 1e-12))
        expect(at).toBeLessThanOrEqual(Math.max(low, high) * (1 + 1e-12))
        expect(lossAt(of, { rung, share: 0 }, 50)).toBe(low)
        expect(lossAt(of, { rung, share: 1 }, 50)).toBe(high)
      }),
    )
  })

  it('is absent where no run is', () => {
    expect(lossAt([], { rung: 0, share: 0 }, 50)).toBeNaN()
  })
})
