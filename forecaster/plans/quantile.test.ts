import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Distribution, inReplicas } from '../distribution/distribution.ts'
import { quantilePlan } from './quantile.ts'

function exponential(mean: number): Distribution {
  return inReplicas(
    1,
    (demand) => Math.exp(-demand / mean),
    (probability) => -mean * Math.log(1 - probability),
  )
}

describe('quantilePlan', () => {
  it('is the fewest replicas that demand stays within with that probability', () => {
    const mean = fc.double({ min: 0.1, max: 40, noNaN: true })
    const probability = fc.double({ min: 0.5, max: 0.9999, noNaN: true })
    fc.assert(
      fc.property(mean, probability, fc.integer({ min: 1, max: 80 }), (of, asked, most) => {
        const demand = exponential(of)
        const { replicas, exceedance } = quantilePlan(asked)(demand, most)
        expect(exceedance).toBe(demand.exceed(replicas))
        expect(exceedance <= (1 - asked) * (1 + 1e-6) || replicas === most).toBe(true)
        expect(replicas === 0 || demand.exceed(replicas - 1) > (1 - asked) * (1 - 1e-6)).toBe(true)
      }),
    )
  })

  it.each([
    { quantile: 3, replicas: 3 },
    { quantile: 3 * (1 + 1e-10), replicas: 3 },
    { quantile: 3.001, replicas: 4 },
    { quantile: 0, replicas: 0 },
    { quantile: 12, replicas: 9 },
    { quantile: Infinity, replicas: 9 },
  ])('a quantile of $quantile takes $replicas of at most 9', ({ quantile, replicas }) => {
    const demand: Distribution = { exceed: () => 0.5, quantile: () => quantile }
    expect(quantilePlan(0.99)(demand, 9).replicas).toBe(replicas)
  })
})
