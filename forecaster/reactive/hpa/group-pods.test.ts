import { describe, expect, it } from 'vitest'
import { NOW, servingPod, TIMING } from './example-pods.ts'
import { countRunningReady, groupPods } from './group-pods.ts'
import type { Pod, PodMetric } from './pod.ts'

const FRESH: PodMetric = { value: 100, atSeconds: NOW - 10, windowSeconds: 30 }

/** The one group that the pod falls into. */
function groupOf(pod: Partial<Pod>, metric: PodMetric | null = FRESH, resource = 'cpu') {
  const metrics = new Map(metric === null ? [] : [['web', metric]])
  const groups = groupPods([servingPod(pod)], metrics, resource, TIMING, NOW)
  return Object.entries({ ...groups }).flatMap(([group, pods]) => (pods.length > 0 ? [group] : []))
}

function since(status: string, age: number) {
  return { status, sinceSeconds: NOW - age }
}

describe('in the order of the rule', () => {
  it.each([
    { name: 'it serves', pod: {}, group: 'ready' },
    { name: 'it is being deleted', pod: { deleted: true, phase: 'Pending' }, group: 'ignored' },
    { name: 'it failed', pod: { phase: 'Failed' }, group: 'ignored' },
    { name: 'it is done', pod: { phase: 'Succeeded' }, group: 'ignored' },
    { name: 'it is pending, with a metric', pod: { phase: 'Pending' }, group: 'unready' },
    { name: 'its phase is unknown', pod: { phase: 'Unknown' }, group: 'ready' },
    { name: 'it has no Ready condition', pod: { ready: null }, group: 'unready' },
    { name: 'it has no start time', pod: { startSeconds: null }, group: 'unready' },
  ])('$name: $group', ({ pod, group }) => {
    expect(groupOf(pod)).toEqual([group])
  })

  it.each([
    { name: 'it serves', pod: {}, group: 'missing' },
    { name: 'it is being deleted', pod: { deleted: true }, group: 'ignored' },
    { name: 'it is pending', pod: { phase: 'Pending' }, group: 'unready' },
    { name: 'it was never ready', pod: { ready: null }, group: 'missing' },
  ])('without a metric, $name: $group', ({ pod, group }) => {
    expect(groupOf(pod, null)).toEqual([group])
  })
})

describe('readiness, within the initialisation period', () => {
  it.each([
    { started: 200, ready: since('True', 41), group: 'ready' },
    // The window of 30 s that ends 10 s ago begins with the change: all of it lies after.
    { started: 200, ready: since('True', 40), group: 'ready' },
    { started: 200, ready: since('True', 39), group: 'unready' },
    { started: 200, ready: since('Unknown', 39), group: 'unready' },
    { started: 200, ready: since('Unknown', 60), group: 'ready' },
    { started: 200, ready: since('False', 150), group: 'unready' },
    { started: 299, ready: since('False', 150), group: 'unready' },
    // From here on only a pod that never became ready is unready.
    { started: 300, ready: since('False', 150), group: 'ready' },
    { started: 300, ready: since('True', 5), group: 'ready' },
    { started: 300, ready: since('False', 271), group: 'unready' },
    { started: 300, ready: since('False', 270), group: 'ready' },
  ])('started $started s ago, ready $ready.status since $ready.sinceSeconds: $group', (pod) => {
    const { started, ready, group } = pod
    expect(groupOf({ startSeconds: NOW - started, ready })).toEqual([group])
  })

  it('is not looked at for anything but cpu', () => {
    const never = { startSeconds: NOW - 5, ready: since('False', 5) }
    expect(groupOf(never)).toEqual(['unready'])
    expect(groupOf(never, FRESH, 'memory')).toEqual(['ready'])
    expect(groupOf({ ready: null, startSeconds: null }, FRESH, '')).toEqual(['ready'])
  })
})

it('counts running pods that are ready, those on their way out too', () => {
  const pods = [
    servingPod(),
    servingPod({ deleted: true }),
    servingPod({ phase: 'Pending' }),
    servingPod({ ready: since('False', 9) }),
    servingPod({ ready: null }),
  ]
  expect(countRunningReady(pods)).toBe(2)
})
