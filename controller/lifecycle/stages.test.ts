import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { StartUpSample } from '../reconcile/ports.ts'
import { chosenStartUps } from './chosen-start-ups.ts'
import { faultOf } from './faults.ts'
import { parsePod } from './pod.ts'
import { stageMedians } from './stage-medians.ts'
import { stagesOf } from './stages.ts'
import { startUpOf } from './start-up.ts'
import { StartUpSamples } from './start-up-samples.ts'
import { parseStartUps, startUpsText } from './start-up-text.ts'
import { YoungNodes } from './young-nodes.ts'

const CREATED = Date.UTC(2026, 0, 12, 9) / 1000
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

/** A pod that was made, scheduled, started and Ready so many seconds after its creation. */
function podAt(scheduled: number | null, started: readonly (number | null)[], ready: number) {
  return parsePod(rawPod(scheduled, started, ready))
}

function rawPod(scheduled: number | null, started: readonly (number | null)[], ready: number) {
  return {
    metadata: {
      ...{ uid: 'a', namespace: 'shop', creationTimestamp: iso(CREATED) },
      labels: { app: 'web', 'pod-template-hash': 'new' },
    },
    spec: { nodeName: 'n' },
    status: {
      phase: 'Running',
      conditions: [
        ...(scheduled === null
          ? []
          : [
              {
                type: 'PodScheduled',
                status: 'True',
                lastTransitionTime: iso(CREATED + scheduled),
              },
            ]),
        { type: 'Ready', status: 'True', lastTransitionTime: iso(CREATED + ready) },
      ],
      containerStatuses: started.map((at) => ({
        restartCount: 0,
        state: { running: at === null ? {} : { startedAt: iso(CREATED + at) } },
      })),
    },
  }
}

describe('stages', () => {
  it.each([
    ['one after the other', 3, [20], 60, [3, 17, 40]],
    ['the last container counts', 3, [20, 35], 60, [3, 32, 25]],
    ['clocks that differ', 3, [70], 60, [3, 57, 0]],
    ['started before it was scheduled', 30, [20], 60, [30, 0, 30]],
    ['scheduled before it was made', -5, [20], 60, [0, 20, 40]],
  ])('%s', (_, scheduled, started, ready, expected) => {
    const stages = stagesOf(podAt(scheduled, started, ready), CREATED + ready)
    expect(Object.values(stages)).toEqual(expected)
  })

  it.each([
    ['when it was scheduled', null, [20], { applicationSeconds: 40 }],
    ['when a container started', 3, [20, null], { schedulingSeconds: 3 }],
    ['of any container', 3, [], { schedulingSeconds: 3 }],
    ['of either', null, [], {}],
  ])('are fewer where the pod does not say %s', (_, scheduled, started, expected) => {
    expect(stagesOf(podAt(scheduled, started, 60), CREATED + 60)).toEqual(expected)
  })

  it('do not wait for init containers, which are done before', () => {
    const pod = parsePod({
      ...rawPod(3, [20], 60),
      status: {
        ...rawPod(3, [20], 60).status,
        initContainerStatuses: [{ restartCount: 0, state: { terminated: { exitCode: 0 } } }],
      },
    })
    expect(Object.values(stagesOf(pod, CREATED + 60))).toEqual([3, 17, 40])
  })

  it('add up to the whole when all are known, and none is negative', () => {
    const second = fc.option(fc.integer({ min: -50, max: 400 }))
    fc.assert(
      fc.property(second, second, fc.nat({ max: 300 }), (scheduled, started, ready) => {
        const stages = Object.values(stagesOf(podAt(scheduled, [started], ready), CREATED + ready))
        const sum = stages.reduce((a, b) => a + b, 0)
        if (scheduled !== null && started !== null) expect(sum).toBe(ready)
        expect(sum).toBeLessThanOrEqual(ready)
        expect(Math.min(0, ...stages)).toBe(0)
      }),
    )
  })
})

function sample(i: number, more: Partial<StartUpSample> = {}): StartUpSample {
  return { podUid: String(i), readyAtSeconds: i, startUpSeconds: 40, revision: 'old', ...more }
}
const several = (count: number, more: Partial<StartUpSample>, from = 0) =>
  Array.from({ length: count }, (_, i) => sample(from + i, more))

describe('the start-ups that count', () => {
  it('are those of the old template until the new one has enough', () => {
    const old = several(20, {})
    const few = several(9, { revision: 'new' }, 100)
    expect(chosenStartUps([...old, ...few], 'new')).toHaveLength(29)
    const enough = several(10, { revision: 'new' }, 100)
    expect(chosenStartUps([...old, ...enough], 'new')).toEqual(enough)
  })

  it('leave out young nodes, unless most of the newest pods landed on such', () => {
    const warm = several(12, {})
    const young = several(5, { youngNode: true }, 100)
    expect(chosenStartUps([...warm, ...young], 'old')).toEqual(warm)
    const lately = several(11, { youngNode: true }, 1000)
    expect(chosenStartUps([...several(150, {}), ...lately], 'old')).toHaveLength(161)
    const before = several(30, { youngNode: true }, -100)
    expect(chosenStartUps([...before, ...several(20, {})], 'old')).toHaveLength(20)
  })

  const any = fc.array(
    fc.record({
      young: fc.boolean(),
      revision: fc.constantFrom('', 'old', 'new'),
      readyAtSeconds: fc.nat({ max: 50 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  const now = fc.constantFrom('', 'old', 'new')
  const samplesOf = (all: { young: boolean; revision: string; readyAtSeconds: number }[]) =>
    all.map(({ young, ...more }, i) => sample(i, { youngNode: young, ...more }))

  it('are never none while there are any', () => {
    fc.assert(
      fc.property(any, now, (all, revision) => {
        expect(chosenStartUps(samplesOf(all), revision).length).toBeGreaterThan(0)
      }),
    )
  })

  it('are of the template in use alone, or all of its own are among them', () => {
    fc.assert(
      fc.property(any, now, (all, revision) => {
        const chosen = chosenStartUps(samplesOf(all), revision)
        const own = chosen.filter((one) => one.revision === revision)
        if (own.length >= 10) expect(chosen).toEqual(own)
        const warmOwn = samplesOf(all).filter(
          (one) => one.youngNode !== true && one.revision === revision,
        )
        expect(own).toEqual(expect.arrayContaining(warmOwn))
      }),
    )
  })
})

it('a node is young for ten minutes until the pod was put on it; one not known is old', () => {
  const nodes = new YoungNodes()
  nodes.put({ name: 'n', createdSeconds: CREATED - 596 })
  expect(startUpOf(podAt(3, [20], 60), nodes.isYoung)?.youngNode).toBe(true)
  nodes.put({ name: 'n', createdSeconds: CREATED - 597 })
  expect(startUpOf(podAt(3, [20], 60), nodes.isYoung)?.youngNode).toBe(false)
  nodes.remove({ name: 'n', createdSeconds: 0 })
  expect(nodes.isYoung('n', CREATED)).toBe(false)
})

it('medians of the stages are of the pods that say', () => {
  const stages = (image: number) => ({
    schedulingSeconds: 1,
    imageSeconds: image,
    applicationSeconds: 9,
  })
  const samples = [5, 8, 30].map((image, i) => sample(i, { stages: stages(image) }))
  expect(stageMedians([...samples, sample(9, { stages: {} })])).toEqual(stages(8))
  const coarse = sample(9, { stages: { schedulingSeconds: 7 } })
  expect(stageMedians([coarse])).toEqual({ schedulingSeconds: 7 })
  expect(stageMedians([sample(1)])).toEqual({})
})

describe('start-ups as a text', () => {
  const second = fc.nat({ max: 1800 })
  const learned = fc.record({
    startUps: fc.array(
      fc.record({
        podUid: fc.uuid(),
        readyAtSeconds: fc.integer({ min: 1.7e9, max: 1.9e9 }),
        startUpSeconds: second,
        revision: fc.constantFrom('', '7d9f8c6b54', 'web-5c8b'),
        youngNode: fc.boolean(),
        stages: fc.record(
          { schedulingSeconds: second, imageSeconds: second, applicationSeconds: second },
          { requiredKeys: [] },
        ),
      }),
      { maxLength: 200, size: 'max' },
    ),
    highestLoads: fc.array(
      fc.record({
        signal: fc.constantFrom('requests', 'cpu'),
        fingerprint: fc.constant('0123456789abcdef'),
        value: fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
        capacity: fc.constantFrom(null, 250),
        atSeconds: fc.integer({ min: 1.7e9, max: 1.9e9 }),
      }),
      { maxLength: 8 },
    ),
  })

  it('come back as they were, from 20 kB at most', () => {
    fc.assert(
      fc.property(learned, (value) => {
        const text = startUpsText(value)
        expect(parseStartUps(text)).toEqual(value)
        expect(text.length).toBeLessThan(20_000)
      }),
      { numRuns: 30 },
    )
  })

  it('that cannot be read are none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseStartUps(text)).toEqual({ startUps: [], highestLoads: [] })
      }),
    )
  })
})

describe('start-ups put back', () => {
  const ready = (uid: string, after: number) =>
    parsePod({ ...rawPod(3, [20], after), metadata: { ...rawPod(3, [20], after).metadata, uid } })

  it('count once a pod, and the kept one is of the first Ready', () => {
    const before = new StartUpSamples()
    before.see(ready('a', 60))
    before.see(ready('b', 70))
    const samples = new StartUpSamples()
    // Pod a lost its readiness and got it back: that is all that the new process sees of it.
    samples.see(ready('a', 900))
    samples.see(ready('c', 80))
    samples.restore(before.list())
    samples.see(ready('b', 75))
    expect(samples.list().map(({ podUid, startUpSeconds }) => [podUid, startUpSeconds])).toEqual([
      ['a', 60],
      ['b', 70],
      ['c', 80],
    ])
  })

  it('are the newest 200 with those seen since', () => {
    const samples = new StartUpSamples()
    samples.see(ready('newest', 60))
    samples.restore(several(250, {}))
    expect(samples.list()).toHaveLength(200)
    expect(samples.list().at(-1)?.podUid).toBe('newest')
  })
})

describe('a fault', () => {
  const unready = (status: object) =>
    parsePod({
      metadata: { uid: 'a', namespace: 'shop', creationTimestamp: iso(CREATED) },
      status: { phase: 'Pending', ...status },
    })
  const waiting = (reason: string, restartCount = 0) =>
    unready({ containerStatuses: [{ restartCount, state: { waiting: { reason } } }] })
  const scheduled = (reason: string) =>
    unready({ conditions: [{ type: 'PodScheduled', status: 'False', reason }] })

  it.each([
    ['a crash loop', waiting('CrashLoopBackOff', 4), 'Crashing'],
    ['a restart, also while it runs', unready({ containerStatuses: [running(1)] }), 'Crashing'],
    ['an image that is not to be had', waiting('ImagePullBackOff'), 'ImageUnavailable'],
    ['one that was just refused', waiting('ErrImagePull'), 'ImageUnavailable'],
    ['a Secret that is not there', waiting('CreateContainerConfigError'), 'Misconfigured'],
    ['a reason nobody knows', waiting('SomethingNew'), 'Misconfigured'],
    ['a reason with an old name', waiting('constructor'), 'Misconfigured'],
    ['no node', scheduled('Unschedulable'), 'Unschedulable'],
    ['no node yet, by a gate', scheduled('SchedulingGated'), null],
    ['an image that is pulled', waiting('ContainerCreating'), null],
    ['init containers that run', waiting('PodInitializing'), null],
    ['a pod that is Ready', podAt(3, [20], 60), null],
  ])('%s', (_, pod, fault) => {
    expect(faultOf(pod)).toBe(fault)
  })
})

function running(restartCount: number) {
  return { restartCount, state: { running: { startedAt: iso(CREATED + 9) } } }
}

describe('a pod that waited for a node', () => {
  const refused = parsePod({
    ...rawPod(null, [], 0),
    status: {
      conditions: [
        {
          ...{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' },
          lastTransitionTime: iso(CREATED),
        },
      ],
    },
  })

  it.each([
    ['counts when it was short, as for a volume', 20, false, [80]],
    ['counts not when it was long: that is no start-up', 400, false, []],
    ['counts when a new node was made for it, apart', 400, true, [460]],
  ])('%s', (_, scheduledAt, young, expected) => {
    const samples = new StartUpSamples(() => young)
    samples.see(refused)
    samples.see(podAt(scheduledAt, [scheduledAt + 20], scheduledAt + 60))
    samples.see(podAt(scheduledAt, [scheduledAt + 20], scheduledAt + 600))
    expect(samples.list().map(({ startUpSeconds }) => startUpSeconds)).toEqual(expected)
  })

  it('is no matter where its scheduler was slow and refused it never', () => {
    const samples = new StartUpSamples()
    samples.see(podAt(400, [420], 460))
    expect(samples.list()).toHaveLength(1)
  })
})

it.each([
  [{ labels: { 'pod-template-hash': 'abc' } }, 'abc'],
  [{ labels: { 'controller-revision-hash': 'web-5c8b' } }, 'web-5c8b'],
  [{ ownerReferences: [{ name: 'helper' }, { name: 'job-17', controller: true }] }, 'job-17'],
  [{}, ''],
])('the template of %j is %j', (more, revision) => {
  const metadata = { uid: 'a', namespace: 'shop', creationTimestamp: iso(CREATED), ...more }
  expect(parsePod({ metadata }).revision).toBe(revision)
})
