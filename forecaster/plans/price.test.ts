import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Distribution } from '../distribution/distribution.ts'
import { pricedNeeds, pricePlan } from './price.ts'

const CAP = 0.3

/** Chances by replica count, in 1024ths so that costs compare exactly; beyond the last, the last. */
function tabled(chances: readonly number[]): Distribution {
  const exceed = (replicas: number) => chances[Math.min(replicas, chances.length - 1)] ?? NaN
  return { exceed, quantile: () => NaN }
}

const chances = fc
  .array(fc.integer({ min: 0, max: 1024 }), { minLength: 1, maxLength: 40 })
  .map((numbers) => numbers.toSorted((a, b) => b - a).map((number) => number / 1024))
const maxReplicas = fc.integer({ min: 0, max: 50 })
const price = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40_000 }))

/** The rule as decision.md §1 states it, by trying every count. */
function bruteForce(demand: Distribution, most: number, violationPrice: number): number {
  let best = most
  let bestCost = Infinity
  for (let replicas = 0; replicas <= most; replicas++) {
    const cost = replicas + violationPrice * demand.exceed(replicas)
    if (demand.exceed(replicas) > CAP || cost >= bestCost) continue
    best = replicas
    bestCost = cost
  }
  return best
}

describe('pricePlan', () => {
  it('is the cheapest count of all, the smaller of two that cost the same', () => {
    fc.assert(
      fc.property(chances, maxReplicas, price, (of, most, violationPrice) => {
        const demand = tabled(of)
        const { replicas, exceedance } = pricePlan(violationPrice)(demand, most)
        expect(replicas).toBe(bruteForce(demand, most, violationPrice))
        expect(exceedance).toBe(demand.exceed(replicas))
      }),
      { numRuns: 500 },
    )
  })

  it('never leaves a chance above 0.3 unless it is at the maximum', () => {
    fc.assert(
      fc.property(chances, maxReplicas, price, (of, most, violationPrice) => {
        const { replicas, exceedance } = pricePlan(violationPrice)(tabled(of), most)
        expect(exceedance <= CAP || replicas === most).toBe(true)
      }),
    )
  })

  it('never falls when the price rises', () => {
    fc.assert(
      fc.property(chances, maxReplicas, price, price, (of, most, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        const planned = (violationPrice: number) =>
          pricePlan(violationPrice)(tabled(of), most).replicas
        expect(planned(high)).toBeGreaterThanOrEqual(planned(low))
      }),
    )
  })

  it.each([
    { name: 'a price of nothing buys the cap only', chances: [1, 0.4, 0.3, 0], price: 0, n: 2 },
    { name: 'a replica more pays', chances: [1, 0.4, 0.25, 0], price: 5, n: 3 },
    {
      name: 'a replica more costs as much as it saves',
      chances: [1, 0.4, 0.25, 0],
      price: 4,
      n: 2,
    },
    {
      name: 'the cap protects a launch out of idleness',
      chances: [0.5, 0.4, 0.1, 0],
      price: 1,
      n: 2,
    },
    { name: 'nothing is needed', chances: [0], price: 1000, n: 0 },
    { name: 'no count is enough', chances: [1], price: 1000, n: 9 },
    { name: 'a chance that is not a number takes the maximum', chances: [NaN], price: 1, n: 9 },
  ])('$name', ({ chances: of, price: violationPrice, n }) => {
    expect(pricePlan(violationPrice)(tabled(of), 9).replicas).toBe(n)
  })
})

describe('pricedNeeds', () => {
  it('is the price plan under each price', () => {
    fc.assert(
      fc.property(chances, maxReplicas, fc.array(price), (of, most, prices) => {
        const demand = tabled(of)
        const alone = prices.map((violationPrice) => pricePlan(violationPrice)(demand, most))
        expect(pricedNeeds(demand, prices, most)).toEqual(alone)
      }),
    )
  })
})
