import { describe, expect, it } from 'vitest'
import { stabilize, stabilizeWithBehavior } from './stabilize.ts'

const NOW = 10_000

/** Recommendations as [replicas, age in seconds]. */
function recent(...pairs: [replicas: number, age: number][]) {
  return pairs.map(([replicas, age]) => ({ replicas, atSeconds: NOW - age }))
}

describe('without behavior', () => {
  it.each([
    { name: 'nothing is known', past: recent(), desired: 5, replicas: 5, stored: [5] },
    { name: 'the highest holds', past: recent([9, 20], [7, 10]), desired: 3, replicas: 9 },
    {
      name: 'one exactly as old as the window holds',
      past: recent([9, 300]),
      desired: 3,
      replicas: 9,
    },
    { name: 'an older one does not', past: recent([9, 301]), desired: 3, replicas: 3, stored: [3] },
    { name: 'none holds against more', past: recent([4, 20]), desired: 6, replicas: 6 },
    {
      name: 'the last outdated one makes room, whatever its place',
      past: recent([8, 400], [7, 10], [6, 500], [5, 20]),
      desired: 3,
      replicas: 7,
      stored: [8, 7, 3, 5],
    },
  ])('$name', ({ past, desired, replicas, stored }) => {
    const after = stabilize(past, desired, 300, NOW)
    expect(after.replicas).toBe(replicas)
    const expected = stored ?? [...past.map((one) => one.replicas), desired]
    expect(after.recommendations.map((one) => one.replicas)).toEqual(expected)
  })
})

describe('with behavior', () => {
  const windows = { upSeconds: 60, downSeconds: 300 }

  it.each([
    { name: 'nothing is known', past: recent(), current: 4, desired: 9, replicas: 9 },
    {
      name: 'the lowest of the short window holds back',
      past: recent([6, 30]),
      desired: 9,
      replicas: 6,
    },
    { name: 'one exactly as old does not', past: recent([6, 60]), desired: 9, replicas: 9 },
    {
      name: 'the highest of the long window holds up',
      past: recent([3, 200]),
      desired: 1,
      replicas: 3,
    },
    {
      name: 'one exactly as old does not hold up',
      past: recent([3, 300]),
      desired: 1,
      replicas: 1,
    },
    {
      name: 'down is not to go above what there is',
      past: recent([9, 200]),
      desired: 1,
      replicas: 4,
    },
    { name: 'up is not to go below what there is', past: recent([1, 30]), desired: 9, replicas: 4 },
    {
      name: 'one outdated for both windows makes room',
      past: recent([8, 301], [7, 100], [6, 59]),
      desired: 5,
      replicas: 5,
      stored: [5, 7, 6],
    },
  ])('$name', ({ past, desired, current = 4, replicas, stored }) => {
    const after = stabilizeWithBehavior(past, current, desired, windows, NOW)
    expect(after.replicas).toBe(replicas)
    const expected = stored ?? [...past.map((one) => one.replicas), desired]
    expect(after.recommendations.map((one) => one.replicas)).toEqual(expected)
  })
})
