import type { Stated } from '../../../forecaster/backtest/assumptions.ts'
import type { BacktestSettings, PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import { HPA_SWEEP } from '../../../forecaster/backtest/hpa-policy.ts'
import { PLANNED_SHARE, plannedStartUpSeconds } from '../../../forecaster/backtest/start-up.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'
import type { LogNormal } from '../../../forecaster/lead-time/log-normal.ts'
import type { Risk } from '../../../forecaster/plans/plan.ts'

import { percent } from './numbers.ts'
import { policyRows } from './policy-rows.ts'
import type { Assumptions, BacktestReport, Coverage, HpaPoint, RecordingFacts } from './report.ts'
import { savingsOf } from './savings.ts'
import { verdictOf } from './verdict.ts'

/** One backtest, from what was asked to what came out. */
export interface BacktestRun {
  version: string
  /** The recording as the user named it. */
  file: string
  world: BacktestWorld
  stated: Stated
  startUp: LogNormal
  settings: BacktestSettings
  results: readonly PolicyResult[]
}

export function createReport(run: BacktestRun): BacktestReport {
  const { world, settings, results } = run
  const policies = policyRows(results, world.series.stepSeconds, riskWords(settings.risk))
  const body = {
    recording: recordingFacts(run),
    assumptions: assumptionsOf(run),
    policies,
    savings: savingsOf(policies, results),
    coverage: coverageOf(results),
    hpaSweep: sweepOf(results),
  }
  return { format: 'foresail-backtest/1', version: run.version, verdict: verdictOf(body), ...body }
}

function recordingFacts({ file, world }: BacktestRun): RecordingFacts {
  const { startSeconds, stepSeconds, values } = world.series
  const stamp = (seconds: number) => new Date(seconds * 1000).toISOString()
  return {
    file,
    start: stamp(startSeconds),
    end: stamp(startSeconds + values.length * stepSeconds),
    stepSeconds,
    samples: values.length,
    missingSamples: values.filter((value) => Number.isNaN(value)).length,
  }
}

function assumptionsOf(run: BacktestRun): Assumptions {
  const { world, stated, settings } = run
  const { series, sizing } = world
  const { risk, actuation } = settings
  const scoredSteps = world.load.scored.reduce((sum, scored) => sum + scored, 0)
  return {
    actuator: actuation.kind,
    guardPercent: actuation.kind === 'hpa' ? actuation.guardPercent : null,
    targetPercent: actuation.kind === 'hpa' ? actuation.targetPercent : null,
    warmUpSeconds: world.firstSlot * series.stepSeconds,
    scoredSteps,
    scoredDays: (scoredSteps * series.stepSeconds) / 86_400,
    startUpSeconds: plannedStartUpSeconds(run.startUp),
    startUpPercentile: run.startUp.logSd === 0 ? null : 100 * PLANNED_SHARE,
    startUpMedianSeconds: run.startUp.medianSeconds,
    leadSteps: world.leadSteps,
    capacityPerReplica: sizing.capacityPerReplica,
    capacityFrom: capacityFrom(stated),
    peakReplicas: sizing.peakReplicas,
    minReplicas: sizing.minReplicas,
    maxReplicas: sizing.maxReplicas,
    maxFrom: stated.maxReplicas === null ? 'assumed' : 'stated',
    violationBudgetPercent: risk.kind === 'budget' ? 100 * risk.violationShare : null,
    violationPrice: risk.kind === 'price' ? risk.violationPrice : null,
    quantile: risk.kind === 'quantile' ? risk.probability : null,
    holdSeconds: settings.holdSteps * series.stepSeconds,
  }
}

function capacityFrom(stated: Stated): Assumptions['capacityFrom'] {
  if (stated.capacityPerReplica !== null) return 'stated'
  return stated.peakReplicas === null ? 'assumed' : 'peak-replicas'
}

function riskWords(risk: Risk): string {
  switch (risk.kind) {
    case 'budget':
      return `budget ${percent(100 * risk.violationShare)}`
    case 'price':
      return `price ${risk.violationPrice}`
    case 'quantile':
      return `quantile ${risk.probability}`
  }
}

function coverageOf(results: readonly PolicyResult[]): Coverage[] {
  const foresail = results.find((result) => result.policy === 'foresail')
  return (foresail?.coverage ?? []).map(({ asked, within, counted }) => ({
    askedPercent: 100 * asked,
    achievedPercent: counted === 0 ? null : (100 * within) / counted,
    counted,
  }))
}

function sweepOf(results: readonly PolicyResult[]): HpaPoint[] {
  const best = results.find((result) => result.policy === 'hpa-best')
  return (best?.sweep ?? []).flatMap(({ violationPercent, replicaHours }, i) => {
    const setting = HPA_SWEEP[i]
    return setting === undefined ? [] : [{ ...setting, violationPercent, replicaHours }]
  })
}
