import { describe, expect, it } from 'vitest'

import { parseHpa } from './hpa-object.ts'
import { hpaView } from './hpa-view.ts'

const view = (status: object, spec: object = {}) =>
  hpaView(
    parseHpa({
      metadata: { namespace: 'a', name: 'b', uid: 'u', resourceVersion: '1' },
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        ...{ minReplicas: 2, maxReplicas: 9 },
        ...spec,
      },
      status,
    }),
    'cpu',
  )

const conditions = (scalingActive: string, ableToScale = 'True') => [
  { type: 'AbleToScale', status: ableToScale },
  { type: 'ScalingActive', status: scalingActive },
]

describe('hpaView', () => {
  it.each([
    ['before its first sync', { desiredReplicas: 0 }, undefined, undefined, undefined],
    [
      'with conditions that are null',
      { desiredReplicas: 0, conditions: null },
      undefined,
      undefined,
      undefined,
    ],
    [
      'while the target cannot be read',
      { desiredReplicas: 0, conditions: [{ type: 'AbleToScale', status: 'False' }] },
      undefined,
      undefined,
      undefined,
    ],
    [
      'usually',
      { currentReplicas: 3, desiredReplicas: 4, conditions: conditions('True') },
      3,
      4,
      true,
    ],
    [
      'while it has never had a metric',
      { currentReplicas: 3, desiredReplicas: 0, conditions: conditions('False') },
      3,
      undefined,
      false,
    ],
    [
      'while its metrics fail later',
      { currentReplicas: 3, desiredReplicas: 3, conditions: conditions('False') },
      3,
      3,
      false,
    ],
    ['scaled to zero', { desiredReplicas: 0, conditions: conditions('False') }, 0, 0, false],
    [
      'with a condition that is unknown',
      { currentReplicas: 3, desiredReplicas: 3, conditions: conditions('Unknown') },
      3,
      3,
      undefined,
    ],
  ])('%s', (_name, status, currentReplicas, desiredReplicas, scalingActive) => {
    expect(view(status)).toMatchObject({ minReplicas: 2, maxReplicas: 9 })
    const {
      currentReplicas: current,
      desiredReplicas: desired,
      scalingActive: active,
    } = view(status)
    expect([current, desired, active]).toEqual([currentReplicas, desiredReplicas, scalingActive])
  })

  it('has no guard where no resource metric aims at a utilisation', () => {
    const metrics = [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue' } } },
      { type: 'ContainerResource', containerResource: { name: 'cpu' } },
      { type: 'External', external: {} },
    ]
    expect(view({}, { metrics }).guardUtilization).toBeUndefined()
    expect(view({}).guardUtilization).toBeUndefined()
  })

  it('refuses what is no HPA', () => {
    expect(() => parseHpa({ spec: { maxReplicas: '9' } })).toThrow()
  })
})
