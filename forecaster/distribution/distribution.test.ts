import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Distribution, inReplicas, mixture } from './distribution.ts'

/** Exponential demand around `mean`, in demand units, served in replicas of `capacity`. */
function exponential(mean: number, capacity = 1): Distribution {
  return inReplicas(
    capacity,
    (demand) => Math.exp(-demand / mean),
    (probability) => -mean * Math.log(1 - probability),
  )
}

const positive = fc.double({ min: 0.1, max: 100, noNaN: true })
const probability = fc.double({ min: 0.01, max: 0.9999, noNaN: true })
const parts = fc.array(fc.record({ weight: positive, mean: positive }), {
  minLength: 1,
  maxLength: 4,
})

function mixed(of: readonly { weight: number; mean: number }[]) {
  const members = of.map(({ weight, mean }) => ({ weight, part: exponential(mean) }))
  return { members, whole: mixture(members) }
}

describe('inReplicas', () => {
  it('turns demand into replicas of the capacity', () => {
    const demand = exponential(20, 10)
    expect(demand.exceed(4)).toBeCloseTo(Math.exp(-2), 8)
    expect(demand.quantile(0.5)).toBeCloseTo(2 * Math.log(2), 12)
  })

  it('forgives float noise on the edge of a replica', () => {
    const certain = inReplicas(
      0.1,
      (demand) => (demand > 0.3 ? 0 : 1),
      () => 0.1 + 0.2,
    )
    expect(certain.exceed(3)).toBe(0)
  })

  it('has no quantile below zero', () => {
    expect(
      inReplicas(
        1,
        () => 0,
        () => -5,
      ).quantile(0.5),
    ).toBe(0)
  })
})

describe('mixture', () => {
  it('lies between its parts', () => {
    fc.assert(
      fc.property(parts, positive, probability, (of, replicas, share) => {
        const { members, whole } = mixed(of)
        const chances = members.map(({ part }) => part.exceed(replicas))
        expect(whole.exceed(replicas)).toBeGreaterThanOrEqual(Math.min(...chances) * (1 - 1e-12))
        expect(whole.exceed(replicas)).toBeLessThanOrEqual(Math.max(...chances) * (1 + 1e-12))
        const bounds = members.map(({ part }) => part.quantile(share))
        expect(whole.quantile(share)).toBeGreaterThanOrEqual(Math.min(...bounds))
        expect(whole.quantile(share)).toBeLessThanOrEqual(Math.max(...bounds))
      }),
    )
  })

  it('is a chance that never rises with the replicas', () => {
    fc.assert(
      fc.property(parts, positive, positive, (of, one, other) => {
        const { whole } = mixed(of)
        const low = whole.exceed(Math.min(one, other))
        const high = whole.exceed(Math.max(one, other))
        expect(low).toBeLessThanOrEqual(1 + 1e-12)
        expect(high).toBeLessThanOrEqual(low)
        expect(high).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('has a quantile that undoes its chance', () => {
    fc.assert(
      fc.property(parts, probability, (of, share) => {
        const { whole } = mixed(of)
        const back = whole.exceed(whole.quantile(share))
        expect(back).toBeCloseTo(1 - share, 6)
        expect(back).toBeLessThanOrEqual(1 - share + 1e-9)
      }),
    )
  })

  it('averages chances by weight, whatever the weights sum to', () => {
    const [calm, busy] = [exponential(1), exponential(10)]
    for (const unit of [1, 0.25, 40]) {
      const whole = mixture([
        { weight: 3 * unit, part: calm },
        { weight: unit, part: busy },
      ])
      expect(whole.exceed(5)).toBeCloseTo(0.75 * calm.exceed(5) + 0.25 * busy.exceed(5), 12)
    }
  })

  it('of one part is that part', () => {
    const part = exponential(7)
    const whole = mixture([{ weight: 0.4, part }])
    expect(whole.exceed(9)).toBe(part.exceed(9))
    expect(whole.quantile(0.99)).toBe(part.quantile(0.99))
  })
})
