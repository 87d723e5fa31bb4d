import { describe, expect, it } from 'vitest'
import { completeBehavior, type ScalingPolicy } from './behavior.ts'
import { changeWithin, storeScaleEvent } from './scale-events.ts'

const NOW = 10_000

/** Events as [change, age in seconds]. */
function events(...pairs: [change: number, age: number][]) {
  return pairs.map(([change, age]) => ({ change, atSeconds: NOW - age, outdated: false }))
}

it('counts what changed within the period, not what is exactly as old', () => {
  expect(changeWithin(events([5, 59], [4, 60], [3, 0]), 60, NOW)).toBe(8)
  expect(changeWithin([], 60, NOW)).toBe(0)
})

describe('storeScaleEvent', () => {
  const policies: ScalingPolicy[] = [
    { type: 'Pods', value: 4, periodSeconds: 60 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ]
  const { scaleUp: rules } = completeBehavior({ policies }, null)
  const stored = (past: ReturnType<typeof events>) =>
    storeScaleEvent(past, rules, 2, NOW).map(({ change, outdated }) => [change, outdated])

  it('keeps what the longest period may count, one exactly as old included', () => {
    expect(stored(events([5, 59], [4, 60]))).toEqual([
      [5, false],
      [4, false],
      [2, false],
    ])
  })

  it('takes the place of the last outdated one, the others stay marked', () => {
    expect(stored(events([5, 61], [4, 20], [3, 90], [1, 10]))).toEqual([
      [5, true],
      [4, false],
      [2, false],
      [1, false],
    ])
  })
})
