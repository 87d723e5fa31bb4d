import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededNormal } from '../series/synthetic-demand.ts'
import { foldOf, foldSkill } from './fold.ts'

const skillOf = (values: readonly number[], cycleSteps: number, groups: number) =>
  foldSkill(Float64Array.from(values), cycleSteps, groups)

describe('foldSkill', () => {
  it.each([
    { name: 'one where every cycle is alike', values: [1, 5, 1, 5, 1, 5], skill: 1 },
    { name: 'one where alike in spite of gaps', values: [1, 5, NaN, 5, 1, NaN], skill: 1 },
    { name: 'zero where nothing varies', values: [4, 4, 4, 4], skill: 0 },
    { name: 'below zero where cycles contradict', values: [1, 5, 5, 1], skill: -3 },
    // 4 and 2 miss each other by 2; about their mean of 1.5 the four spread by 11.
    { name: 'what the other cycle tells', values: [0, 4, 0, 2], skill: 1 - 8 / 11 },
  ])('is $name', ({ values, skill }) => {
    expect(skillOf(values, 2, values.length / 2).skill).toBeCloseTo(skill, 12)
  })

  it('counts slots that another group knows', () => {
    expect(skillOf([1, 5, 1, NaN, 1, 7, NaN, NaN], 2, 4)).toMatchObject({ scored: 5 })
    expect(skillOf([1, 5], 2, 1)).toEqual({ skill: 0, variance: 0, scored: 0 })
    expect(skillOf([], 2, 1)).toEqual({ skill: 0, variance: 0, scored: 0 })
  })

  it('lets no cycle of its own group tell a slot', () => {
    // Cycles 0 and 2 are group 0, and alike; 1 and 3 are group 1, and opposite to them.
    const values = [1, 5, 5, 1, 1, 5, 5, 1]
    expect(skillOf(values, 2, 4).skill).toBeGreaterThan(skillOf(values, 2, 2).skill)
    expect(skillOf(values, 2, 2).skill).toBeCloseTo(-3, 12)
  })

  it('is 1/(n - 1) below zero for white noise in n cycles', () => {
    const normal = seededNormal(3)
    const noise = Float64Array.from({ length: 7 * 1000 }, () => normal())
    expect(foldSkill(noise, 1000, 7).skill).toBeCloseTo(-1 / 6, 1)
  })

  it('follows a cycle of a broken number of slots', () => {
    const values = Array.from({ length: 400 }, (_, i) => Math.sin((2 * Math.PI * i) / 6.4))
    expect(skillOf(values, 6.4, 62).skill).toBeGreaterThan(0.8)
    expect(skillOf(values, 6, 66).skill).toBeLessThan(0.1)
  })
})

describe('foldOf', () => {
  it('is the mean of what is known at each phase, slot by slot', () => {
    expect(foldOf(Float64Array.of(1, NaN, 3, 4, NaN, 8, NaN), 3)).toEqual(
      Float64Array.of(2.5, NaN, 5.5, 2.5, NaN, 5.5, 2.5),
    )
  })

  it('leaves nothing of what repeats', () => {
    const cycle = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 9 })
    fc.assert(
      fc.property(cycle, (once) => {
        const values = Float64Array.from([...once, ...once, ...once])
        expect(foldOf(values, once.length)).toEqual(values)
      }),
    )
  })
})
