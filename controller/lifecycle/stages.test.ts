import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { StartUpSample, StartUpStages } from '../reconcile/ports.ts'
import { chosenStartUps } from './chosen-start-ups.ts'
import { faultOf } from './faults.ts'
import { parsePod } from './pod.ts'
import { stageMedians } from './stage-medians.ts'
import { stagesOf } from './stages.ts'
import { startUpOf } from './start-up.ts'
import { parseStartUps, startUpsText } from './start-up-text.ts'
import { YoungNodes } from './young-nodes.ts'

const CREATED = Date.UTC(2026, 0, 12, 9) / 1000
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

/** A pod that was made, scheduled, started and Ready so many seconds after its creation. */
function podAt(scheduled: number | null, started: readonly (number | null)[], ready: number) {
  return parsePod({
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
  })
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
    expect(Object.values(stages ?? {})).toEqual(expected)
  })

  it.each([
    ['when it was scheduled', null, [20]],
    ['when its containers started', 3, [null]],
    ['of any container', 3, []],
  ])('are unknown where the pod does not say %s', (_, scheduled, started) => {
    expect(stagesOf(podAt(scheduled, started, 60), CREATED + 60)).toBeNull()
  })

  it('add up to the whole, and none is negative', () => {
    const second = fc.integer({ min: -50, max: 400 })
    fc.assert(
      fc.property(second, second, fc.nat({ max: 300 }), (scheduled, started, ready) => {
        const found = stagesOf(podAt(scheduled, [started], ready), CREATED + ready)
        const stages = found === null ? [] : secondsOf(found)
        expect(stages.reduce((a, b) => a + b, 0)).toBe(ready)
        expect(Math.min(...stages)).toBeGreaterThanOrEqual(0)
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

  it('leave out young nodes, unless nearly all are', () => {
    const warm = several(12, {})
    const young = several(5, { youngNode: true }, 100)
    expect(chosenStartUps([...warm, ...young], 'old')).toEqual(warm)
    const mostlyYoung = [...several(2, {}), ...several(9, { youngNode: true }, 100)]
    expect(chosenStartUps(mostlyYoung, 'old')).toHaveLength(11)
  })

  it('are never none while there are any', () => {
    const any = fc.record({ young: fc.boolean(), revision: fc.constantFrom('', 'old', 'new') })
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1 }),
        fc.constantFrom('', 'old', 'new'),
        (all, now) => {
          const samples = all.map(({ young, revision }, i) =>
            sample(i, { youngNode: young, revision }),
          )
          expect(chosenStartUps(samples, now).length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

function secondsOf({
  schedulingSeconds,
  imageSeconds,
  applicationSeconds,
}: StartUpStages): number[] {
  return [schedulingSeconds, imageSeconds, applicationSeconds]
}

it('a node is young for ten minutes, and one that is not known is old', () => {
  const nodes = new YoungNodes()
  nodes.put({ name: 'n', createdSeconds: CREATED - 599 })
  expect(startUpOf(podAt(3, [20], 60), nodes.isYoung)?.youngNode).toBe(true)
  nodes.put({ name: 'n', createdSeconds: CREATED - 600 })
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
  expect(stageMedians([...samples, sample(9, { stages: null })])).toEqual(stages(8))
  expect(stageMedians([sample(1)])).toBeNull()
})

describe('start-ups as a text', () => {
  it('come back as they were', () => {
    const seen = startUpOf(podAt(3, [20], 60))
    const samples = seen === null ? [] : [seen]
    expect(parseStartUps(startUpsText(samples))).toEqual(samples)
  })

  it('that cannot be read are none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseStartUps(text)).toEqual([])
      }),
    )
  })
})

describe('a fault', () => {
  const waiting = (reason: string, scheduled = 'True') =>
    parsePod({
      metadata: { uid: 'a', namespace: 'shop', creationTimestamp: iso(CREATED) },
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: scheduled, lastTransitionTime: iso(CREATED) }],
        containerStatuses: [{ restartCount: 0, state: { waiting: { reason } } }],
      },
    })

  it.each([
    ['CrashLoopBackOff', 'Crashing'],
    ['ImagePullBackOff', 'ImageUnavailable'],
    ['ErrImagePull', 'ImageUnavailable'],
    ['CreateContainerConfigError', 'Misconfigured'],
    ['ContainerCreating', null],
    ['PodInitializing', null],
  ])('%s: %s', (reason, fault) => {
    expect(faultOf(waiting(reason))).toBe(fault)
  })

  it('is a pod that finds no node, and never one that is Ready', () => {
    expect(faultOf(waiting('', 'False'))).toBe('Unschedulable')
    expect(faultOf(podAt(3, [20], 60))).toBeNull()
  })
})
