import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hasLastingFaults, isFailing } from './failing.ts'
import { noRoomFor } from './no-room.ts'
import { type Pod, parsePod } from './pod.ts'

const NOW = Date.UTC(2026, 0, 12, 9) / 1000
const iso = (seconds: number) => new Date(seconds * 1000).toISOString()

/** A pod that found its node so many seconds ago, or none since then. */
function pod(scheduled: 'True' | 'False', agoSeconds: number): Pod {
  const lastTransitionTime = iso(NOW - agoSeconds)
  const reason = scheduled === 'False' ? 'Unschedulable' : undefined
  return parsePod({
    metadata: { uid: 'a', namespace: 'shop', creationTimestamp: lastTransitionTime },
    status: {
      conditions: [{ type: 'PodScheduled', status: scheduled, reason, lastTransitionTime }],
    },
  })
}
const waiting = (seconds: number) => pod('False', seconds)
const placed = (seconds: number) => pod('True', seconds)

describe('no room', () => {
  it.each([
    ['is not said without pods', [], null],
    ['is not said of pods that have a node', [placed(10), placed(9000)], null],
    ['is not said in the first five minutes', [waiting(299)], null],
    [
      'is said after them',
      [placed(9000), waiting(300), waiting(20)],
      { pods: 2, seconds: 300, tryAgain: false },
    ],
    ['is not said while others find a node', [waiting(4000), placed(299)], null],
    [
      'is tried again after twenty minutes',
      [waiting(4000), waiting(1200)],
      { pods: 2, seconds: 4000, tryAgain: true },
    ],
    [
      'is not tried again so soon after that',
      [waiting(4000), waiting(1199)],
      { pods: 2, seconds: 4000, tryAgain: false },
    ],
  ])('%s', (_, pods, expected) => {
    expect(noRoomFor(pods, NOW)).toEqual(expected)
  })

  it('ends with the first pod that finds a node', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 20 })
    fc.assert(
      fc.property(ages, (waits) => {
        expect(noRoomFor([...waits.map(waiting), placed(0)], NOW)).toBeNull()
      }),
    )
  })
})

describe('a workload', () => {
  const noRoom = { pods: 3, seconds: 400, tryAgain: false }
  it.each([
    ['is well without faults', {}, null, false, false],
    ['is well while pods wait for a node', { Unschedulable: 9 }, null, false, false],
    ['goes on with a pod or two that crash', { Crashing: 2 }, null, true, false],
    ['fails with one pod in five', { Crashing: 2, Misconfigured: 1 }, null, true, true],
    ['fails where so many find no node for long', { Unschedulable: 3 }, noRoom, true, true],
  ])('%s', (_, faults, room, lasting, failing) => {
    const pods = { existing: 10, faults, noRoom: room }
    expect([hasLastingFaults(pods), isFailing(pods)]).toEqual([lasting, failing])
  })
})
