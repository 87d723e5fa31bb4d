import { describe, expect, it } from 'vitest'
import { replay } from '../replay/replay.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

interface Trial {
  desired: readonly number[]
  demand: readonly number[]
  start: number
  unscored?: readonly number[]
}

const SLOTS_PER_DAY = 1440

/** Replicas asked slot by slot at a start-up of three minutes and a capacity of one. */
function outcome({ desired, demand, start, unscored = [] }: Trial): Outcome {
  const { ready, existing } = replay(
    {
      samples: Float64Array.from(demand),
      firstSlot: 0,
      initialReplicas: start,
      minReplicas: 1,
      maxReplicas: 100,
      startUp: () => 3,
    },
    ({ slot }) => desired[slot] ?? NaN,
  )
  return outcomeOf({
    demand: Float64Array.from(demand),
    scored: Uint8Array.from(demand, (_, slot) => (unscored.includes(slot) ? 0 : 1)),
    ready,
    existing,
    capacityPerReplica: 1,
    initialReplicas: start,
    stepSeconds: 60,
  })
}

const repeat = (value: number, times: number) => new Array<number>(times).fill(value)
const stepUp = [...repeat(2, 5), ...repeat(5, 7)]

describe('outcomeOf', () => {
  it('an exact fit is no violation, and float noise is forgiven', () => {
    const exact = outcome({ desired: repeat(4, 10), demand: repeat(4 * (1 + 1e-12), 10), start: 4 })
    expect(exact.violatedSteps).toBe(0)
    expect(exact.demandShortPercent).toBe(0)
    expect(exact.replicaHours * 60).toBeCloseTo(40, 9)
    expect(exact.scaleEventsPerDay).toBe(0)
  })

  it('one replica too few is always a violation', () => {
    const short = outcome({ desired: repeat(3, 10), demand: repeat(4, 10), start: 3 })
    expect(short).toMatchObject({
      scoredSteps: 10,
      violatedSteps: 10,
      violationPercent: 100,
      demandShortPercent: 25,
      longestShortageMinutes: 10,
    })
  })

  it('a step up asked for when it comes is short for a start-up, and pays what is pending', () => {
    const late = outcome({ desired: stepUp, demand: stepUp, start: 2 })
    expect(late.violatedSteps).toBe(3)
    expect(late.replicaHours * 60).toBeCloseTo(45, 9)
    expect((late.demandShortPercent * 45) / 100).toBeCloseTo(9, 9)
    expect(late.longestShortageMinutes).toBe(3)
    expect(late.peakReplicas).toBe(5)
  })

  it('a step up asked for a start-up ahead is never short', () => {
    const ahead = outcome({ desired: [2, 2, ...repeat(5, 10)], demand: stepUp, start: 2 })
    expect(ahead.violatedSteps).toBe(0)
    expect(ahead.replicaHours * 60).toBeCloseTo(54, 9)
  })

  it('counts changes, and those against the change before', () => {
    const down = outcome({ desired: [2, 4, 6, 5, 5, 5, 1], demand: repeat(0, 7), start: 2 })
    expect((down.scaleEventsPerDay * 7) / SLOTS_PER_DAY).toBeCloseTo(4, 9)
    expect((down.reversalsPerDay * 7) / SLOTS_PER_DAY).toBeCloseTo(1, 9)
  })

  it('counts the first slot as a change from the replicas at the start', () => {
    const first = outcome({ desired: [3, 3], demand: [0, 0], start: 2 })
    expect((first.scaleEventsPerDay * 2) / SLOTS_PER_DAY).toBeCloseTo(1, 9)
  })

  it('sees nothing in a slot that is not scored, and starts a shortage anew after it', () => {
    const gap = outcome({
      desired: [1, 1, 1, 6, 6, 1, 1],
      demand: [2, 2, 9, 9, 9, 2, 2],
      start: 1,
      unscored: [2, 3, 4],
    })
    expect(gap).toMatchObject({
      scoredSteps: 4,
      violatedSteps: 4,
      demandShortPercent: 50,
      longestShortageMinutes: 2,
      peakReplicas: 1,
    })
    expect(gap.replicaHours * 60).toBeCloseTo(4, 9)
    expect((gap.scaleEventsPerDay * 4) / SLOTS_PER_DAY).toBeCloseTo(1, 9)
  })

  it.each([
    { name: 'nothing scored', demand: [5], unscored: [0] },
    { name: 'nothing at all', demand: [], unscored: [] },
    { name: 'no demand', demand: [0], unscored: [] },
  ])('has no NaN with $name', ({ demand, unscored }) => {
    const empty = outcome({ desired: [1], demand, start: 1, unscored })
    for (const value of Object.values(empty)) expect(value).not.toBeNaN()
    expect(empty.violationPercent).toBe(0)
  })
})
