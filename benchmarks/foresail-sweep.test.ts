import { expect, test } from 'vitest'

import type { Actuation } from '../forecaster/actuation/actuation.ts'
import { backtest } from '../forecaster/backtest/backtest.ts'
import type { Risk } from '../forecaster/plans/plan.ts'
import { syntheticDemand } from '../forecaster/series/synthetic-demand.ts'

import { sweepForesail } from './foresail-sweep.ts'
import { protocolWorld } from './trace.ts'

test('one pass with several risks decides as a backtest with each', () => {
  const stepSeconds = 300
  const made = { days: 10, level: 100, swing: 80, noise: 10, seed: 5 }
  const values = syntheticDemand({ ...made, stepSeconds })
  values.fill(NaN, 2300, 2320)
  const trace = { name: 't', file: 't', series: { startSeconds: 0, stepSeconds, values } }
  const world = protocolWorld(trace, { leadMinutes: 10, peakReplicas: 20 })
  const risks: Risk[] = [
    { kind: 'price', violationPrice: 5 },
    { kind: 'price', violationPrice: 500 },
    { kind: 'budget', violationShare: 0.01 },
    { kind: 'quantile', probability: 0.9 },
  ]
  const holdSteps = 3
  const actuation: Actuation = { kind: 'scale' }
  const swept = sweepForesail(world, risks, { holdSteps, actuation }).map((deliberations) =>
    Int32Array.from(deliberations, ({ decision }) => decision.replicas),
  )
  const alone = risks.map((risk) => {
    const hpa = { targetPercent: 70, stabilizationSeconds: 300 }
    const settings = { policies: ['foresail'] as const, risk, holdSteps, hpa, actuation }
    const [result] = backtest(world, settings)
    return result?.policy === 'foresail' ? result.run.desired : null
  })
  expect(swept).toEqual(alone)
})
