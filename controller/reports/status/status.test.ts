import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { bottleneckOf } from './bottleneck.ts'
import { aboveCapacity, disagreement } from './compare-load.ts'
import { formatJson } from './format-json.ts'
import { formatText } from './format-text.ts'
import { isReady, scalerReport } from './scaler-report.ts'

const NOW = Date.parse('2026-11-25T08:43:20Z')
const golden = (file: string) => readFileSync(join(import.meta.dirname, 'golden', file), 'utf8')

function condition(type: string, status: string, reason: string, message: string) {
  const lastTransitionTime = '2026-11-25T08:00:00Z'
  return { type, status, reason, message, lastTransitionTime, observedGeneration: 3 }
}

/** A scaler as the API server holds it. */
function scaler(status: object | undefined, generation = 3) {
  return {
    metadata: { namespace: 'shop', name: 'shop-web', generation },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'shop-web' },
      ...{ mode: 'Auto', minReplicas: 2, maxReplicas: 60 },
    },
    ...(status && { status }),
  }
}

const busy = {
  observedGeneration: 3,
  conditions: [
    condition('Ready', 'True', 'Acting', 'the floor of the HPA follows the plan'),
    condition('ScalingLimited', 'False', 'DesiredWithinRange', 'the wanted replicas lie within'),
  ],
  ...{ floor: 12, readyReplicas: 12 },
  next: { replicas: 31, at: '2026-11-25T08:55:00Z' },
  plan: { configMap: 'shop-web-foresail', expiresAt: '2026-11-26T09:00:00Z' },
  leadTime: {
    ...{ seconds: 74, p50Seconds: 48, p90Seconds: 74, samples: 45, source: 'Learned' },
    ...{ schedulingSeconds: 2, imageSeconds: 31, applicationSeconds: 15 },
    ...{ youngNodeSeconds: 180, youngNodeSamples: 4 },
  },
  model: 'ridge with forest',
  coverage: { asked: '95%', achieved: '94.8%' },
  lastDecision: { replicas: 12, at: '2026-11-25T08:43:00Z', reasons: ['Forecast', 'LeftToHpa'] },
  highestLoadPerReplica: [
    { signal: 'requests', value: '312.4', capacity: '250', at: '2026-11-24T18:03:00Z' },
    { signal: 'cpu', value: '450m', capacity: '90%', at: '2026-11-24T18:03:00Z' },
  ],
}

const waiting = {
  observedGeneration: 2,
  conditions: [
    condition('Ready', 'False', 'TooFewSamples', '3.0 of 7 days of history; complete in 4.0 days'),
  ],
  leadTime: { seconds: 60, samples: 0, source: 'Initial' },
}

describe('the status for people', () => {
  it.each([
    ['busy.txt', busy],
    ['waiting.txt', waiting],
    ['silent.txt', undefined],
    ['foreign.txt', { conditions: 'none' }],
  ])('%s', (file, status) => {
    expect(formatText(scalerReport(scaler(status)), NOW)).toBe(golden(file))
  })
})

describe('the status for machines', () => {
  it('is the same, and what follows from it', () => {
    expect(formatJson(scalerReport(scaler(busy)))).toBe(golden('busy.json'))
  })

  it('knows nothing without a status, which is null and never zero', () => {
    expect(JSON.parse(formatJson(scalerReport(scaler(undefined))))).toMatchObject({
      ...{ ready: false, current: false, floor: null, readyReplicas: null, leadTime: null },
      conditions: [],
    })
  })
})

it.each([
  ['the newest spec', busy, 3, true],
  ['an earlier spec', busy, 4, false],
  ['not at all', waiting, 2, false],
  ['never seen', undefined, 3, false],
])('ready by %s', (_, status, generation, ready) => {
  expect(isReady(scalerReport(scaler(status, generation)))).toBe(ready)
})

it('tells of a spec that this version would refuse', () => {
  const { metadata } = scaler(busy)
  expect(scalerReport({ metadata, spec: { mode: 7 }, status: busy })).toMatchObject({
    ...{ target: '?/?', mode: 'Observe', maxReplicas: null, current: true },
  })
})

describe('the bottleneck of a start-up', () => {
  it.each([
    ['a stage with more than half', [2, 31, 15], 'image'],
    ['the first', [40, 31, 5], 'scheduling'],
    ['the last', [0, 0, 9], 'application'],
    ['none where it is shared', [15, 15, 0], null],
    ['none where one is unknown', [2, undefined, 15], null],
    ['none where nothing takes time', [0, 0, 0], null],
  ])('is %s', (_, [scheduling, image, application], expected) => {
    const leadTime = {
      ...{ seconds: 9, samples: 1, source: 'Learned' as const },
      schedulingSeconds: scheduling,
      imageSeconds: image,
      applicationSeconds: application,
    }
    expect(bottleneckOf(leadTime)).toBe(expected)
  })
})

describe('the load seen beside the stated capacity', () => {
  const load = (value: string, capacity: string) => ({
    ...{ signal: 'requests', value, capacity, at: '2026-11-24T18:03:00Z' },
  })
  it.each([
    ['well above', '400', '250', 0.6, true],
    ['a little above, as rates blur', '270', '250', 0.08, false],
    ['below', '100', '250', 0, false],
    ['in other suffixes', '1500m', '1', 0.5, true],
    ['a share of the request, in another unit', '2', '90%', null, false],
  ])('%s', (_, value, capacity, above, disagrees) => {
    const seen = load(value, capacity)
    const share = aboveCapacity(seen)
    if (above === null) expect(share).toBeNull()
    else expect(share).toBeCloseTo(above, 9)
    expect(disagreement(seen) !== null).toBe(disagrees)
  })
})
