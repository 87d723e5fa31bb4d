import type { PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import { HPA_SWEEP } from '../../../forecaster/backtest/hpa-policy.ts'
import { YESTERDAY_SWEEP } from '../../../forecaster/backtest/yesterday-policy.ts'
import { judgePeriods } from '../../../forecaster/periods/judge-periods.ts'
import type { Risk } from '../../../forecaster/plans/plan.ts'
import { percent } from '../numbers.ts'
import { assumptionsOf } from './assumptions-of.ts'
import type { BacktestRun } from './backtest-run.ts'
import { equalCosts } from './equal-costs.ts'
import { policyRows } from './policy-rows.ts'
import type {
  BacktestReport,
  Coverage,
  HpaPoint,
  OwnReplay,
  RecordingFacts,
  YesterdayPoint,
} from './report.ts'
import { savingsOf } from './savings.ts'
import { evaluate } from './thresholds.ts'
import { verdictOf } from './verdict.ts'

export function createReport(run: BacktestRun): BacktestReport {
  const { world, settings, results } = run
  const policies = policyRows(results, world.series.stepSeconds, riskWords(settings.risk))
  const body = {
    recording: recordingFacts(run),
    assumptions: assumptionsOf(run),
    policies,
    savings: savingsOf(policies, equalCosts(world, results)),
    coverage: coverageOf(results),
    ownReplay: ownReplayOf(results),
    hpaSweep: hpaSweepOf(results),
    yesterdaySweep: yesterdaySweepOf(results),
  }
  const { version } = run
  const thresholds = evaluate(run.thresholds, body)
  return { format: 'foresail-backtest/1', version, ...verdictOf(body), thresholds, ...body }
}

function recordingFacts({ file, world }: BacktestRun): RecordingFacts {
  const { startSeconds, stepSeconds, values } = world.series
  const { verdict, candidates } = judgePeriods(world.series)
  const stamp = (seconds: number) => new Date(seconds * 1000).toISOString()
  return {
    file,
    start: stamp(startSeconds),
    end: stamp(startSeconds + values.length * stepSeconds),
    stepSeconds,
    samples: values.length,
    missingSamples: values.filter((value) => Number.isNaN(value)).length,
    periods: { verdict, candidates },
  }
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

function ownReplayOf(results: readonly PolicyResult[]): OwnReplay | null {
  const foresail = results.find((result) => result.policy === 'foresail')
  if (foresail === undefined) return null
  const { reactingPercent, predictingPays, failed } = foresail
  const failedForecasters = failed.map(({ modelId, why }) => ({ name: modelId, why }))
  return { reactingPercent, predictingPays, failedForecasters }
}

function coverageOf(results: readonly PolicyResult[]): Coverage[] {
  const foresail = results.find((result) => result.policy === 'foresail')
  return (foresail?.coverage ?? []).map(({ asked, within, counted }) => ({
    askedPercent: 100 * asked,
    achievedPercent: counted === 0 ? null : (100 * within) / counted,
    counted,
  }))
}

function hpaSweepOf(results: readonly PolicyResult[]): HpaPoint[] {
  const best = results.find((result) => result.policy === 'hpa-best')
  return (best?.sweep ?? []).flatMap(({ violationPercent, replicaHours }, i) => {
    const setting = HPA_SWEEP[i]
    return setting === undefined ? [] : [{ ...setting, violationPercent, replicaHours }]
  })
}

function yesterdaySweepOf(results: readonly PolicyResult[]): YesterdayPoint[] {
  const yesterday = results.find((result) => result.policy === 'yesterday')
  return (yesterday?.sweep ?? []).flatMap(({ violationPercent, replicaHours }, i) => {
    const setting = YESTERDAY_SWEEP[i]
    if (setting === undefined) return []
    const marginPercent = Number((100 * setting.margin).toPrecision(9))
    const { targetPercent } = setting
    return [{ marginPercent, targetPercent, violationPercent, replicaHours }]
  })
}
