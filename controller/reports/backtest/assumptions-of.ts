import { PLANNED_SHARE, plannedStartUpSeconds } from '../../../forecaster/backtest/start-up.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'

import type { BacktestRun } from './backtest-run.ts'
import type { Assumptions } from './report.ts'

/** Everything that a backtest took as given. */
export function assumptionsOf(run: BacktestRun): Assumptions {
  const { world, settings } = run
  const { series, sizing } = world
  const { risk, hpa, actuation } = settings
  const scoredSteps = world.load.scored.reduce((sum, scored) => sum + scored, 0)
  return {
    actuator: actuation.kind,
    guardPercent: actuation.kind === 'hpa' ? actuation.guardPercent : null,
    warmUpSeconds: world.firstSlot * series.stepSeconds,
    scoredSteps,
    scoredDays: (scoredSteps * series.stepSeconds) / 86_400,
    startUpSeconds: plannedStartUpSeconds(run.startUp),
    startUpPercentile: run.startUp.logSd === 0 ? null : 100 * PLANNED_SHARE,
    startUpMedianSeconds: run.startUp.medianSeconds,
    leadSteps: world.leadSteps,
    capacityPerReplica: sizing.capacityPerReplica,
    peakReplicas: sizing.peakReplicas,
    minReplicas: sizing.minReplicas,
    maxReplicas: sizing.maxReplicas,
    beyondMaxPercent: beyondMaxPercent(world),
    violationBudgetPercent: risk.kind === 'budget' ? 100 * risk.violationShare : null,
    violationPrice: risk.kind === 'price' ? risk.violationPrice : null,
    quantile: risk.kind === 'quantile' ? risk.probability : null,
    holdSeconds: settings.holdSteps * series.stepSeconds,
    hpaTargetPercent: hpa.targetPercent,
    hpaStabilizationSeconds: hpa.stabilizationSeconds,
    ...run.from,
    scaler: run.scaler,
    hpaManifest: run.hpaManifest,
  }
}

function beyondMaxPercent({ load, sizing, firstSlot }: BacktestWorld): number {
  const most = sizing.maxReplicas * sizing.capacityPerReplica * (1 + 1e-9)
  let scored = 0
  let beyond = 0
  for (let slot = firstSlot; slot < load.demand.length; slot++) {
    if (load.scored[slot] !== 1) continue
    scored++
    if ((load.demand[slot] ?? 0) > most) beyond++
  }
  return scored === 0 ? 0 : (100 * beyond) / scored
}
