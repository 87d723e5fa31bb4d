import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadSteps, leadTime } from './lead-time.ts'

const bounds = { percentile: 90, initialSeconds: 60, maxSeconds: 600 }
const many = (count: number, seconds: number) => new Array<number>(count).fill(seconds)

describe('leadTime', () => {
  it.each([
    {
      name: 'no pod seen: as stated',
      startUps: [],
      starting: [],
      least: 60,
      most: 60,
      source: 'initial',
    },
    {
      name: 'no pod seen, one starting',
      startUps: [],
      starting: [20],
      least: 60,
      most: 60,
      source: 'initial',
    },
    {
      name: 'no pod seen, one starting for long',
      startUps: [],
      starting: [75],
      least: 75,
      most: 75,
      source: 'starting',
    },
    // One start-up as stated does not say that nine of ten are no longer.
    {
      name: 'one pod, as stated',
      startUps: [60],
      starting: [],
      least: 120,
      most: 180,
      source: 'prior',
    },
    {
      name: 'few and quick: well below twice the statement',
      startUps: many(3, 20),
      starting: [],
      least: 40,
      most: 80,
      source: 'prior',
    },
    {
      name: 'few and slow: beyond the slowest',
      startUps: [80, 95, 90],
      starting: [],
      least: 130,
      most: 300,
      source: 'prior',
    },
    {
      name: 'enough and alike: near what was seen',
      startUps: many(50, 20),
      starting: [],
      least: 20,
      most: 30,
      source: 'learned',
    },
    {
      name: 'enough with slow ones: one of those',
      startUps: [...many(40, 20), ...many(10, 200)],
      starting: [],
      least: 200,
      most: 200,
      source: 'learned',
    },
    {
      name: 'enough, and a pod that is later than all',
      startUps: many(50, 20),
      starting: [5, 300],
      least: 300,
      most: 300,
      source: 'starting',
    },
    {
      name: 'never beyond the maximum',
      startUps: many(12, 900),
      starting: [],
      least: 600,
      most: 600,
      source: 'learned',
    },
    {
      name: 'never beyond the maximum, whatever starts',
      startUps: [],
      starting: [900],
      least: 600,
      most: 600,
      source: 'starting',
    },
  ])('$name', ({ startUps, starting, least, most, source }) => {
    const lead = leadTime({ startUps, starting }, bounds)
    expect(lead).toMatchObject({ source, samples: startUps.length, starting: starting.length })
    expect(lead.startUpSeconds).toBeGreaterThanOrEqual(least)
    expect(lead.startUpSeconds).toBeLessThanOrEqual(most)
  })

  it('keeps a guess beyond the maximum to the maximum', () => {
    const nothing = { startUps: [], starting: [] }
    expect(leadTime(nothing, { ...bounds, initialSeconds: 900 }).startUpSeconds).toBe(600)
  })

  it('counts pods that are still starting as slow ones', () => {
    const startUps = [...many(17, 20), 200, 210, 220]
    const planned = (starting: number[]) => leadTime({ startUps, starting }, bounds).startUpSeconds
    expect(planned([])).toBe(210)
    expect(planned(many(4, 100))).toBe(220)
  })

  const seconds = fc.integer({ min: 0, max: 900 })
  const evidence = fc.record({
    startUps: fc.array(seconds, { maxLength: 40 }),
    starting: fc.array(seconds, { maxLength: 10 }),
  })

  it('rises with the percentile', () => {
    fc.assert(
      fc.property(evidence, fc.integer({ min: 50, max: 98 }), (seen, percentile) => {
        const here = leadTime(seen, { ...bounds, percentile }).startUpSeconds
        const above = leadTime(seen, { ...bounds, percentile: percentile + 1 }).startUpSeconds
        expect(above).toBeGreaterThanOrEqual(here)
      }),
    )
  })

  it('is never below what a pod has been starting for, nor beyond the maximum', () => {
    fc.assert(
      fc.property(evidence, (seen) => {
        const { startUpSeconds } = leadTime(seen, bounds)
        const longest = Math.max(0, ...seen.starting)
        expect(startUpSeconds).toBeGreaterThanOrEqual(Math.min(longest, bounds.maxSeconds))
        expect(startUpSeconds).toBeLessThanOrEqual(bounds.maxSeconds)
        expect(startUpSeconds).toBeGreaterThan(0)
      }),
    )
  })

  it('does not depend on the order of the pods', () => {
    const shuffled = (values: number[]) =>
      fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length })
    const both = evidence.chain((seen) =>
      fc.record({
        seen: fc.constant(seen),
        anyhow: fc.record({ startUps: shuffled(seen.startUps), starting: shuffled(seen.starting) }),
      }),
    )
    fc.assert(
      fc.property(both, ({ seen, anyhow }) => {
        expect(leadTime(anyhow, bounds)).toEqual(leadTime(seen, bounds))
      }),
    )
  })
})

describe('leadSteps', () => {
  it.each([
    { startUp: 180, sync: 0, step: 60, steps: 3 },
    { startUp: 180, sync: 15, step: 60, steps: 4 },
    { startUp: 181, sync: 0, step: 60, steps: 4 },
    { startUp: 0, sync: 0, step: 60, steps: 1 },
    { startUp: 600, sync: 0, step: 300, steps: 2 },
    { startUp: 0.1 + 0.2, sync: 0, step: 0.1, steps: 3 },
  ])('$startUp s + $sync s in steps of $step s: $steps', ({ startUp, sync, step, steps }) => {
    expect(leadSteps(startUp, sync, step)).toBe(steps)
  })
})
