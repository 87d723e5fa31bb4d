import { HPA_SWEEP, hpaPolicy } from '../forecaster/backtest/hpa-policy.ts'
import {
  type BacktestWorld,
  clairvoyantReplicaHours,
  runPolicy,
} from '../forecaster/backtest/world.ts'
import type { Outcome } from '../forecaster/outcome/outcome.ts'
import { judgePeriods } from '../forecaster/periods/judge-periods.ts'
import { holdSteps } from '../forecaster/plans/hold.ts'
import type { Risk } from '../forecaster/plans/plan.ts'
import { writer } from '../forecaster/replay/writer.ts'

import { sweepForesail } from './foresail-sweep.ts'
import { tooLowBy } from './spoil-forecasts.ts'
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
  /** Whether the first week has a calendar period that is clear. */
  isPeriodic: boolean
  /** By violation price, in the order of {@link violationPrices}. */
  foresail: Point[]
  /** By asked budget, in the order of BUDGETS_PERCENT. */
  budgets: Point[]
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

/** Shares of time that may be short, asked of every trace with all else as it comes. */
export const BUDGETS_PERCENT = [0.5, 0.82, 1, 2, 5]
const DEFAULT_BUDGET_PERCENT = 1
const DEFAULT_HPA = { targetPercent: 70, stabilizationSeconds: 300 }

/** Runs every setting of Foresail and of the HPA on one trace. */
export function scoreTrace(trace: Trace, terms: Terms): TraceScore {
  const world = protocolWorld(trace, terms)
  const reference = clairvoyantReplicaHours(world)
  const firstWeek = world.series.values.subarray(0, world.firstSlot)
  const pointOf = (outcome: Outcome): Point => ({
    violationPercent: outcome.violationPercent,
    costRatio: outcome.replicaHours / reference,
    demandShortPercent: outcome.demandShortPercent,
    scaleEventsPerDay: outcome.scaleEventsPerDay,
  })
  const prices = violationPrices(terms.peakReplicas)
  const points = foresailPoints(world, terms, [
    ...prices.map((violationPrice): Risk => ({ kind: 'price', violationPrice })),
    ...BUDGETS_PERCENT.map((percent): Risk => ({ kind: 'budget', violationShare: percent / 100 })),
  ]).map(pointOf)
  const hpa = [...HPA_SWEEP, DEFAULT_HPA].map((setting) => pointOf(runHpa(world, setting)))
  const budgets = points.slice(prices.length)
  return {
    trace: trace.name,
    isPeriodic: judgePeriods({ ...world.series, values: firstWeek }).verdict === 'periodic',
    foresail: points.slice(0, prices.length),
    hpa: hpa.slice(0, -1),
    budgets,
    foresailDefault: lastOf(
      budgets.filter((_, i) => BUDGETS_PERCENT[i] === DEFAULT_BUDGET_PERCENT),
    ),
    hpaDefault: lastOf(hpa),
  }
}

function foresailPoints(world: BacktestWorld, terms: Terms, risks: readonly Risk[]): Outcome[] {
  const { series, sizing, firstSlot, leadSteps } = world
  const { actuation, forecastOffShare } = terms
  const aDayScored = firstSlot + Math.round(86_400 / series.stepSeconds)
  const swept = sweepForesail(world, risks, {
    actuation,
    holdSteps: holdSteps(leadSteps, series.stepSeconds, terms.holdSeconds),
    spoil: (fits, slot) =>
      slot < aDayScored ? fits : tooLowBy(fits, forecastOffShare * sizing.peakReplicas),
  })
  return swept.map((deliberations) => {
    const write = writer(actuation, world)
    return runPolicy(world, (moment) => {
      const deliberation = deliberations[moment.slot - firstSlot]
      if (deliberation === undefined) throw new RangeError(`slot ${moment.slot} was not decided`)
      return write(deliberation, moment)
    }).outcome
  })
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
