import { describe, expect, it } from 'vitest'
import type { PodsView } from '../reconcile/ports.ts'
import { labelSelectorSchema, selects } from './label-selector.ts'
import { type Pod, parsePod } from './pod.ts'
import { PodDirectory } from './pod-directory.ts'
import { startingSeconds, startUpOf } from './start-up.ts'
import { StartUpSamples } from './start-up-samples.ts'

const CREATED = '2026-01-12T09:00:00Z'

function pod(options: {
  uid?: string
  readyAt?: string
  ready?: 'True' | 'False'
  restarts?: number
  deleted?: boolean
  phase?: string
  namespace?: string
  labels?: Record<string, string>
  scheduled?: 'True' | 'False'
  waiting?: string
}): Pod {
  const { uid = 'a', readyAt, ready = 'True', restarts = 0, phase = 'Running' } = options
  return parsePod({
    metadata: {
      uid,
      namespace: options.namespace ?? 'shop',
      labels: options.labels ?? { app: 'web' },
      creationTimestamp: CREATED,
      ...(options.deleted === true && { deletionTimestamp: CREATED }),
    },
    status: {
      phase,
      conditions: [
        ...(options.scheduled ? [{ type: 'PodScheduled', status: options.scheduled }] : []),
        ...(readyAt ? [{ type: 'Ready', status: ready, lastTransitionTime: readyAt }] : []),
      ],
      containerStatuses: [
        {
          restartCount: restarts,
          state: options.waiting ? { waiting: { reason: options.waiting } } : { running: {} },
        },
      ],
    },
  })
}

describe('a start-up', () => {
  it.each([
    ['is the time from creation to Ready', pod({ readyAt: '2026-01-12T09:01:14Z' }), 74],
    ['is not there before the pod is Ready', pod({}), null],
    [
      'is not there while Ready is False',
      pod({ readyAt: '2026-01-12T09:01:14Z', ready: 'False' }),
      null,
    ],
    [
      'is not to be seen after a container restarted',
      pod({ readyAt: '2026-01-12T09:01:14Z', restarts: 1 }),
      null,
    ],
    ['is not to be seen half an hour later', pod({ readyAt: '2026-01-12T09:30:01Z' }), null],
    [
      'is no start-up of a pod that is going',
      pod({ readyAt: '2026-01-12T09:01:14Z', deleted: true }),
      null,
    ],
    [
      'is no start-up of a pod that has ended',
      pod({ readyAt: '2026-01-12T09:01:14Z', phase: 'Failed' }),
      null,
    ],
    ['is not negative when clocks differ', pod({ readyAt: '2026-01-12T08:59:59Z' }), null],
  ])('%s', (_, seen, seconds) => {
    expect(startUpOf(seen)?.startUpSeconds ?? null).toBe(seconds)
  })

  it('is counted once a pod, at its first Ready', () => {
    const samples = new StartUpSamples()
    samples.see(pod({}))
    samples.see(pod({ readyAt: '2026-01-12T09:01:00Z' }))
    samples.see(pod({ readyAt: '2026-01-12T09:20:00Z' }))
    expect(samples.list().map(({ startUpSeconds }) => startUpSeconds)).toEqual([60])
  })

  it('is kept for the newest 200 pods, also when they are gone', () => {
    const samples = new StartUpSamples()
    for (let i = 0; i < 250; i++) {
      samples.see(pod({ uid: String(i), readyAt: '2026-01-12T09:01:00Z' }))
      samples.forget(String(i))
    }
    expect(samples.list()).toHaveLength(200)
    expect(samples.list()[0]?.podUid).toBe('50')
  })
})

describe('a pod is starting', () => {
  const minuteLater = Date.parse(CREATED) / 1000 + 60
  it.each([
    ['since its creation, before it has a node', pod({}), 60],
    ['while its image is pulled', pod({ scheduled: 'True', waiting: 'ContainerCreating' }), 60],
    [
      'while it runs and is not Ready',
      pod({ scheduled: 'True', readyAt: CREATED, ready: 'False' }),
      60,
    ],
    ['not once it is Ready', pod({ readyAt: '2026-01-12T09:00:30Z' }), null],
    ['not where no node takes it', pod({ scheduled: 'False' }), null],
    ['not where its container has crashed', pod({ restarts: 1 }), null],
    ['not where its image is not to be had', pod({ waiting: 'ImagePullBackOff' }), null],
    ['not when it is going', pod({ deleted: true }), null],
    ['not when it has ended', pod({ phase: 'Failed' }), null],
  ])('%s', (_, seen, seconds) => {
    expect(startingSeconds(seen, minuteLater)).toBe(seconds)
  })

  it('for half an hour at most, and not before it is created', () => {
    expect(startingSeconds(pod({}), minuteLater + 1800)).toBeNull()
    expect(startingSeconds(pod({}), minuteLater - 120)).toBeNull()
  })
})

describe('a label selector', () => {
  const labels = { app: 'web', tier: 'front' }
  it.each([
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'edge'] }] }, true],
    [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }, false],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
    [{}, true],
  ])('%j: %s', (selector, expected) => {
    expect(selects(labelSelectorSchema.parse(selector), labels)).toBe(expected)
  })
})

describe('the directory of pods', () => {
  const items = new Map<string, Pod>()
  let stale = false
  const directory = new PodDirectory(() => ({ items, stale: () => stale }))
  const selector = labelSelectorSchema.parse({ matchLabels: { app: 'web' } })
  const NOW = Date.parse(CREATED) / 1000 + 90

  it('knows what was there before, and what comes and goes', () => {
    items.set('a', pod({ uid: 'a', readyAt: '2026-01-12T09:01:00Z' }))
    expect(directory.viewOf('w', 'shop', selector, NOW)).toMatchObject({
      synced: true,
      ready: 1,
      existing: 1,
    })
    directory.change(pod({ uid: 'b' }))
    directory.change(pod({ uid: 'c', namespace: 'other' }))
    directory.change(pod({ uid: 'd', labels: { app: 'else' } }))
    expect(directory.viewOf('w', 'shop', selector, NOW)).toMatchObject({
      ready: 1,
      existing: 2,
      starting: [90],
    })
    directory.remove({ namespace: 'shop', uid: 'a' })
    const view = directory.viewOf('w', 'shop', selector, NOW)
    expect([view.ready, view.existing, view.startUps.length]).toEqual([0, 1, 1])
  })

  it('takes a pod that was Ready before for no starting one', () => {
    directory.change(pod({ uid: 'b', readyAt: '2026-01-12T09:01:00Z' }))
    directory.change(pod({ uid: 'b', readyAt: '2026-01-12T09:01:20Z', ready: 'False' }))
    expect(directory.viewOf('w', 'shop', selector, NOW)).toMatchObject({ ready: 0, starting: [] })
  })

  it('counts no pod that is starting on a young node, unless most pods land there', () => {
    const starting = (young: boolean, before: number) => {
      items.clear()
      for (let i = 0; i < before; i++) {
        items.set(`r${i}`, pod({ uid: `r${i}`, readyAt: '2026-01-12T09:01:00Z' }))
      }
      items.set('s', pod({ uid: 's' }))
      const all = new PodDirectory(
        () => ({ items, stale: () => false }),
        () => young,
      )
      return all.viewOf('w', 'shop', selector, NOW).starting
    }
    expect(starting(false, 0)).toEqual([90])
    expect(starting(true, 0)).toEqual([])
    expect(starting(true, 3)).toEqual([90])
  })

  it('forgets a workload, and every trace of it', () => {
    directory.viewOf('short', 'brief', selector, NOW)
    directory.forget('short')
    directory.change(pod({ uid: 'z', namespace: 'brief' }))
    expect(directory.recordOf('short').text()).toBeNull()
    expect(directory.viewOf('short', 'brief', selector, NOW).existing).toBe(0)
    directory.forget('short')
  })

  it('keeps what it learned over a restart: start-ups once a pod, and the highest loads', () => {
    const load = { signal: 'rps', fingerprint: 'q', demand: 500, capacityPerReplica: 250 }
    const slot = { startSeconds: NOW + 300, endSeconds: NOW + 360 }
    const run = (kept: string | null): { text: string | null; view: PodsView } => {
      const again = new PodDirectory(() => ({ items, stale: () => false }))
      if (kept !== null) again.recordOf('w').restore(kept)
      for (let at = NOW; at <= NOW + 365; at += 15) again.viewOf('w', 'shop', selector, at)
      if (kept === null) again.loadsOf('w').see(slot, [load])
      return {
        text: again.recordOf('w').text(),
        view: again.viewOf('w', 'shop', selector, NOW + 365),
      }
    }
    items.clear()
    items.set('a', pod({ uid: 'a', readyAt: '2026-01-12T09:01:00Z' }))
    const first = run(null)
    expect(first.text).toContain('"value":500')
    const second = run(first.text)
    expect(second).toEqual(first)
    expect(second.view.startUps).toHaveLength(1)
  })

  it('says that it does not know, without a selector and behind a stale watch', () => {
    expect(directory.viewOf('x', 'shop', null, NOW).synced).toBe(false)
    directory.change(pod({ uid: 'e' }))
    stale = true
    expect(directory.viewOf('w', 'shop', selector, NOW)).toMatchObject({
      synced: false,
      starting: [],
    })
  })
})
