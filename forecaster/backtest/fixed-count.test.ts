import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastFixedCount } from './fixed-count.ts'
import { type BacktestWorld, createWorld, runPolicy } from './world.ts'

const WARM_UP = 3
const SIZE = {
  capacityPerReplica: 10,
  minReplicas: 2,
  maxReplicas: 12,
  peakReplicas: 1,
  largestNeed: 1,
  p99Need: 1,
  usualNeed: 1,
}

function worldOf(scored: readonly number[]): BacktestWorld {
  const values = Float64Array.from([900, 900, 900, ...scored])
  return createWorld({ startSeconds: 0, stepSeconds: 1800, values }, SIZE, WARM_UP, 1)
}

describe('leastFixedCount', () => {
  const world = worldOf([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  it.each([
    { percent: 0, replicas: 10 },
    { percent: 9.9, replicas: 10 },
    { percent: 10, replicas: 9 },
    { percent: 50, replicas: 5 },
    { percent: 100, replicas: 2 },
  ])('may be short $percent % of the time: $replicas', ({ percent, replicas }) => {
    expect(leastFixedCount(world, percent)?.replicas).toBe(replicas)
  })

  it('is none where the maximum is too low for all', () => {
    expect(leastFixedCount(worldOf([10, 20, 500]), 0)).toBeNull()
    expect(leastFixedCount(worldOf([10, 20, 500]), 34)).toEqual({ replicas: 2, violatedSteps: 1 })
  })

  it('leaves out what is not scored', () => {
    const holed = worldOf([40, NaN, NaN, NaN, NaN, 110, 30, 30])
    expect(leastFixedCount(holed, 0)).toEqual({ replicas: 4, violatedSteps: 0 })
  })

  it('is short as seldom as asked, and one fewer is not', () => {
    const demand = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(demand, fc.nat(), (scored, some) => {
        const tried = worldOf(scored)
        const percent = (100 * (some % (scored.length + 1))) / scored.length
        const least = leastFixedCount(tried, percent)
        const ran = (count: number) => runPolicy(tried, () => count, count).outcome
        const replicas = least?.replicas ?? NaN
        expect(ran(replicas).violationPercent).toBeLessThanOrEqual(percent)
        expect(ran(replicas).violatedSteps).toBe(least?.violatedSteps)
        if (replicas > 2) expect(ran(replicas - 1).violationPercent).toBeGreaterThan(percent)
      }),
    )
  })
})
