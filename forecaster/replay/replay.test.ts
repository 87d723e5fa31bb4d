import { describe, expect, it } from 'vitest'
import { type Moment, replay } from './replay.ts'

const world = {
  samples: Float64Array.from([10, 11, NaN, 13, 14]),
  firstSlot: 1,
  initialReplicas: 2,
  minReplicas: 1,
  maxReplicas: 7,
  startUp: () => 2,
}

describe('replay', () => {
  it('shows a policy the sample before its slot and its own pods, nothing else', () => {
    const seen: Moment[] = []
    replay(world, (moment) => {
      seen.push(moment)
      return moment.slot === 1 ? 4 : 3
    })
    expect(seen).toEqual([
      { slot: 1, newestSample: 10, existing: 2, ready: 2 },
      { slot: 2, newestSample: 11, existing: 4, ready: 2 },
      { slot: 3, newestSample: NaN, existing: 3, ready: 3 },
      { slot: 4, newestSample: 13, existing: 3, ready: 3 },
    ])
  })

  it('keeps what is asked within the limits', () => {
    const asked = [0, 500, -3, 4]
    const run = replay(world, ({ slot }) => asked[slot - 1] ?? NaN)
    expect(Array.from(run.desired)).toEqual([1, 7, 1, 4])
    expect(Array.from(run.existing)).toEqual([1, 7, 1, 4])
    expect(Array.from(run.ready)).toEqual([1, 1, 1, 1])
  })

  it('has no row where nothing is left to decide', () => {
    expect(replay({ ...world, firstSlot: 9 }, () => 1).desired).toHaveLength(0)
  })
})
