import type { BacktestWorld } from '../forecaster/backtest/world.ts'
import type { Plan } from '../forecaster/plans/plan.ts'
import { currentNeed } from '../forecaster/reactive/current-need.ts'
import { appendSample } from '../forecaster/series/history.ts'
import { advanceOutlook } from '../forecaster/workload/outlook.ts'
import {
  adopt,
  computeFits,
  createWorkload,
  deliberate,
  dueFit,
} from '../forecaster/workload/workload.ts'

/**
 * Foresail's decisions under each of several plans, from one pass over the recording: the forecast does
 * not depend on the plan. The same numbers as a backtest with one plan at a time, as the test holds.
 *
 * @returns for each plan the replicas of every slot from the first scored one on
 */
export function sweepForesail(
  world: BacktestWorld,
  plans: readonly Plan[],
  holdSteps: number,
): Int32Array[] {
  const { series, sizing, firstSlot, leadSteps } = world
  const { capacityPerReplica, minReplicas, maxReplicas } = sizing
  const settings = {
    stepSeconds: series.stepSeconds,
    firstStep: Math.round(series.startSeconds / series.stepSeconds),
    capacityPerReplica,
    leadSteps,
    holdSteps,
  }
  const { outlook } = createWorkload(settings)
  const followers = plans.map((plan) => ({
    plan,
    workload: { ...createWorkload(settings), outlook },
    desired: new Int32Array(series.values.length - firstSlot),
  }))
  for (let slot = 1; slot < series.values.length; slot++) {
    const sample = series.values[slot - 1] ?? NaN
    const reactive = currentNeed(sample / capacityPerReplica)
    let fits: ReturnType<typeof computeFits> | null = null
    for (const { workload } of followers) {
      const until = dueFit(workload)
      if (until === null) continue
      fits ??= computeFits(workload, until)
      adopt(workload, fits, until)
    }
    appendSample(outlook.history, sample)
    advanceOutlook(outlook)
    for (const { plan, workload, desired } of followers) {
      const { decision } = deliberate(workload, plan, { reactive, minReplicas, maxReplicas })
      if (slot >= firstSlot) desired[slot - firstSlot] = decision.replicas
    }
  }
  return followers.map(({ desired }) => desired)
}
