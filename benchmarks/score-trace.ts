import { HPA_SWEEP, hpaPolicy } from '../forecaster/backtest/hpa-policy.ts'
import {
  type BacktestWorld,
  clairvoyantReplicaHours,
  runPolicy,
} from '../forecaster/backtest/world.ts'
import type { Outcome } from '../forecaster/outcome/outcome.ts'
import { holdSteps } from '../forecaster/plans/hold.ts'
import type { Risk } from '../forecaster/plans/plan.ts'
import { planOf } from '../forecaster/plans/risk.ts'
import { HPA_STABILIZATION_SECONDS } from '../forecaster/reactive/hpa/controller-settings.ts'

import { sweepForesail } from './foresail-sweep.ts'
import { protocolWorld, type Terms, type Trace } from './trace.ts'

/** One setting of a policy on one trace. Cost is a ratio to the clairvoyant's. */
export interface Point {
  violationPercent: number
  costRatio: number
  demandShortPercent: number
  scaleEventsPerDay: number
}

export interface TraceScore {
  trace: string
  /** By violation price, in the order of {@link violationPrices}. */
  foresail: Point[]
  /** By setting, in the order of HPA_SWEEP. */
  hpa: Point[]
  /** Foresail as it comes: a budget of one per cent. */
  foresailDefault: Point
  /** The HPA as most people set it: target 70 %, five minutes. */
  hpaDefault: Point
}

/** Risk settings, the same for every trace: they cover about 5 to 0.1 % of the time. */
export function violationPrices(peakReplicas: number): number[] {
  return Array.from({ length: 14 }, (_, k) => (5 * 2 ** k * peakReplicas) / 20)
}

const DEFAULT_RISK: Risk = { kind: 'budget', violationShare: 0.01 }
const DEFAULT_HPA = { targetPercent: 70, stabilizationSeconds: 300 }

/** Runs every setting of Foresail and of the HPA on one trace. */
export function scoreTrace(trace: Trace, terms: Terms): TraceScore {
  const world = protocolWorld(trace, terms)
  const reference = clairvoyantReplicaHours(world)
  const pointOf = (outcome: Outcome): Point => ({
    violationPercent: outcome.violationPercent,
    costRatio: outcome.replicaHours / reference,
    demandShortPercent: outcome.demandShortPercent,
    scaleEventsPerDay: outcome.scaleEventsPerDay,
  })
  const risks: Risk[] = violationPrices(terms.peakReplicas).map((violationPrice) => ({
    kind: 'price',
    violationPrice,
  }))
  const plans = [...risks, DEFAULT_RISK].map((risk) => planOf(risk, world.sizing.peakReplicas))
  const hold = holdSteps(world.leadSteps, world.series.stepSeconds, HPA_STABILIZATION_SECONDS)
  const foresail = sweepForesail(world, plans, hold).map((desired) =>
    pointOf(runPolicy(world, ({ slot }) => desired[slot - world.firstSlot] ?? 0).outcome),
  )
  const hpa = [...HPA_SWEEP, DEFAULT_HPA].map((setting) => pointOf(runHpa(world, setting)))
  return {
    trace: trace.name,
    foresail: foresail.slice(0, -1),
    hpa: hpa.slice(0, -1),
    foresailDefault: lastOf(foresail),
    hpaDefault: lastOf(hpa),
  }
}

function runHpa(world: BacktestWorld, setting: typeof DEFAULT_HPA): Outcome {
  const { startSeconds, stepSeconds } = world.series
  return runPolicy(world, hpaPolicy({ ...setting, ...world.sizing, startSeconds, stepSeconds }))
    .outcome
}

function lastOf(points: readonly Point[]): Point {
  const last = points.at(-1)
  if (last === undefined) throw new RangeError('nothing was run')
  return last
}
