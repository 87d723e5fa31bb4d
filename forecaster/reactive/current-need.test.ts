import { expect, it } from 'vitest'
import { currentNeed } from './current-need.ts'

it.each([
  { need: 0, replicas: 0 },
  { need: 2.1, replicas: 3 },
  { need: 3, replicas: 3 },
  { need: 3 * (1 + 1e-12), replicas: 3 },
])('demand of $need replicas needs $replicas, without headroom', ({ need, replicas }) => {
  expect(currentNeed(need)).toEqual({ kind: 'known', replicas })
})

it('a missing sample is no need of nothing', () => {
  expect(currentNeed(NaN)).toEqual({ kind: 'absent', why: 'NoFreshData' })
})
