import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import { parseScaler } from '../api/parse.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'

import { actuationOf } from './actuation-of.ts'
import type { HpaOriginal } from './ports.ts'
import { wantedOf } from './wanted.ts'

type Mode = PredictiveScalerSpec['mode']
type Guard = number | undefined

function specOf(mode: Mode, guard: Guard): PredictiveScalerSpec {
  const parsed = parseScaler({
    ...{ apiVersion: 'foresail.dev/v1alpha1', kind: 'PredictiveScaler' },
    metadata: { name: 'shop-web', namespace: 'shop' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' },
      ...{ minReplicas: 2, maxReplicas: 60, mode },
      actuator: { type: 'HorizontalPodAutoscaler', name: 'shop-web' },
      demand: [
        { name: 'requests', prometheus: { query: 'sum(rps)' }, capacity: { averageValue: '100' } },
      ],
      ...(guard === undefined
        ? {}
        : { reactive: { guard: { metric: 'cpu', averageUtilization: guard } } }),
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scaler.spec
}

/** Its own minimum lies above the scaler's. */
const OWN_MIN = 4
const hpaAt = (guardUtilization: number | undefined): HpaOriginal => ({
  minReplicas: OWN_MIN,
  guardUtilization,
})

describe('actuationOf', () => {
  it.each<[name: string, Mode, Guard, HpaOriginal | null, target: number, trusted: number]>([
    ['the guard is raised', 'Auto', 85, hpaAt(60), 60, 85],
    ['no guard is asked for', 'Auto', undefined, hpaAt(60), 60, 60],
    ['only the floor is moved', 'ScaleUpOnly', 85, hpaAt(60), 60, 60],
    ['nothing is written', 'Observe', 85, hpaAt(60), 60, 60],
    ['the HPA was not read yet', 'Auto', 85, null, 70, 85],
    ['the HPA has no such metric', 'Auto', 85, hpaAt(undefined), 70, 70],
  ])('%s', (_, mode, guard, own, targetPercent, guardPercent) => {
    const ownMinReplicas = own === null ? 2 : OWN_MIN
    const hpa = { kind: 'hpa', targetPercent, guardPercent, stabilizationSeconds: 300 }
    expect(actuationOf(specOf(mode, guard), own)).toEqual({ ...hpa, ownMinReplicas })
  })

  it('has the virtual HPA aim at what is written into the real one', () => {
    const modes = fc.constantFrom<Mode>('Auto', 'ScaleUpOnly')
    const guards = fc.constantFrom<Guard>(undefined, 50, 85)
    const owns = fc.constantFrom<Guard>(undefined, 60, 90).map(hpaAt)
    fc.assert(
      fc.property(modes, guards, owns, fc.boolean(), (mode, guard, own, trusted) => {
        const spec = specOf(mode, guard)
        const written = wantedOf({
          ...{ spec, replicas: 5, sure: true, trusted, held: true },
          ...{ planExpired: false, mayRaise: true },
          hpa: {
            ...{ minReplicas: 5, maxReplicas: 60, currentReplicas: 5, desiredReplicas: 5 },
            ...{ scalingActive: true, guardUtilization: own.guardUtilization, original: own },
          },
        })
        expect(aimOf(actuationOf(spec, own), trusted)).toBe(written?.guardUtilization ?? 70)
      }),
    )
  })
})

/** Per cent of the capacity that the virtual HPA aims at. */
function aimOf(actuation: Actuation, trusted: boolean): number {
  if (actuation.kind === 'scale') return NaN
  const { targetPercent, guardPercent } = actuation
  return trusted ? Math.max(targetPercent, guardPercent) : targetPercent
}
