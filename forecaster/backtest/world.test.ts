import { describe, expect, it } from 'vitest'
import type { Series } from '../series/series.ts'
import type { Sizing } from './assumptions.ts'
import { drawnStartUp } from './start-up.ts'
import { clairvoyantReplicaHours, createWorld, runPolicy } from './world.ts'

const SIZE: Sizing = {
  capacityPerReplica: 10,
  minReplicas: 1,
  maxReplicas: 8,
  peakReplicas: 5,
  largestNeed: 6,
  p99Need: 5,
  usualNeed: 3,
}
/** A warm-up of six slots of 20 minutes, then four that count. */
const WARM_UP = 6

function seriesOf(values: readonly number[]): Series {
  return { startSeconds: 0, stepSeconds: 1200, values: Float64Array.from(values) }
}
const worldOf = (values: readonly number[], leadSteps = 1) =>
  createWorld(seriesOf(values), SIZE, WARM_UP, leadSteps)

describe('createWorld', () => {
  it.each([
    { name: 'the largest demand of the last hour', warmUp: [0, 79, 79, 20, 41, 20], pods: 5 },
    { name: 'a filled gap in it', warmUp: [0, 0, 0, 10, NaN, 30], pods: 3 },
    { name: 'the minimum where nothing is known', warmUp: [70, 70, NaN, NaN, NaN, NaN], pods: 1 },
    { name: 'the maximum', warmUp: [0, 0, 0, 0, 0, 900], pods: 8 },
  ])('starts with pods for $name', ({ warmUp, pods }) => {
    expect(worldOf([...warmUp, 10, 10, 10, 10]).initialReplicas).toBe(pods)
  })

  it('starts with pods for what there is of a warm-up below an hour', () => {
    expect(createWorld(seriesOf([30, 10, 10]), SIZE, 1, 1).initialReplicas).toBe(3)
    expect(createWorld(seriesOf([30, 10, 10]), SIZE, 0, 1).initialReplicas).toBe(1)
  })
})

describe('runPolicy', () => {
  const world = worldOf([20, 20, 20, 20, 20, 20, 20, 40, 40, 40])

  it('asks from the first scored slot on and scores what came of it', () => {
    const slots: number[] = []
    const { run, outcome } = runPolicy(world, ({ slot }) => {
      slots.push(slot)
      return slot < 7 ? 2 : 4
    })
    expect(slots).toEqual([6, 7, 8, 9])
    expect(Array.from(run.ready)).toEqual([2, 2, 4, 4])
    expect(outcome).toMatchObject({ scoredSteps: 4, violatedSteps: 1, replicaHours: 14 / 3 })
  })

  it('starts with as many pods as it is told', () => {
    const { run, outcome } = runPolicy(world, () => 4, 4)
    expect(Array.from(run.ready)).toEqual([4, 4, 4, 4])
    expect(outcome).toMatchObject({ violatedSteps: 0, scaleEventsPerDay: 0 })
  })
})

describe('a start-up of its own for every pod', () => {
  const values = [20, 20, 20, 20, 20, 20, 20, 40, 40, 40]
  // Slots of 20 minutes: of the first pods of the list one takes two, the next one.
  const startUp = drawnStartUp({ medianSeconds: 1000, logSd: 0.4 }, 1200)
  const world = createWorld(seriesOf(values), SIZE, WARM_UP, 3, startUp)

  it('is the same list in every run', () => {
    expect([0, 1, 2, 3].map((created) => startUp.slots(created))).toEqual([2, 2, 1, 1])
    const runs = [1, 2].map(() => runPolicy(world, ({ slot }) => (slot === 6 ? 6 : 4)).run)
    expect(runs[0]).toEqual(runs[1])
    // Six asked for, two taken back: the pending ones, though they are older than two Ready ones.
    expect(Array.from(runs[0]?.ready ?? [])).toEqual([2, 4, 4, 4])
  })

  it('is the median for the clairvoyant, whatever is planned for', () => {
    const same = createWorld(seriesOf(values), SIZE, WARM_UP, 1)
    expect(clairvoyantReplicaHours(world)).toBe(clairvoyantReplicaHours(same))
  })
})

describe('clairvoyantReplicaHours', () => {
  it('pays a lead ahead and nothing for the warm-up', () => {
    const values = [900, 900, 900, 900, 900, 900, 20, 20, 40, 40]
    expect(clairvoyantReplicaHours(worldOf(values))).toBeCloseTo((2 * 4 + 2 * 3) / 3, 9)
    expect(clairvoyantReplicaHours(worldOf(values, 0))).toBeCloseTo((2 * 4 + 2 * 2) / 3, 9)
  })
})
