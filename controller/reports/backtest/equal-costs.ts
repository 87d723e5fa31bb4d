import { hoursAtEqualViolations, type PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import { leastFixedCount } from '../../../forecaster/backtest/fixed-count.ts'
import type { BacktestWorld } from '../../../forecaster/backtest/world.ts'
import type { Outcome } from '../../../forecaster/outcome/outcome.ts'

import { counted } from '../numbers.ts'
import type { EqualCost, EqualCosts } from './savings.ts'

/** What each kind of policy that was run costs where it is short as often as Foresail was. */
export function equalCosts(world: BacktestWorld, results: readonly PolicyResult[]): EqualCosts {
  const foresail = results.find((result) => result.policy === 'foresail')
  if (foresail === undefined) return {}
  const violatedMinutes = (foresail.outcome.violatedSteps * world.series.stepSeconds) / 60
  const ran = new Set(results.map(({ policy }) => policy))
  const costs: EqualCosts = {}
  for (const [kind, swept] of SWEPT) {
    if (!ran.has(swept)) continue
    const replicaHours = hoursAtEqualViolations(results, swept)
    costs[kind] = { setting: 'between settings', replicaHours, violatedMinutes }
  }
  if (ran.has('static')) costs.static = fixedCost(world, foresail.outcome)
  return costs
}

const SWEPT = [
  ['hpa', 'hpa-best'],
  ['yesterday', 'yesterday'],
] as const

function fixedCost(world: BacktestWorld, foresail: Outcome): EqualCost {
  const { stepSeconds } = world.series
  const least = leastFixedCount(world, foresail.violationPercent)
  if (least === null) {
    const violatedMinutes = (foresail.violatedSteps * stepSeconds) / 60
    return { setting: 'none within the maximum', replicaHours: null, violatedMinutes }
  }
  const hours = (foresail.scoredSteps * stepSeconds) / 3600
  return {
    setting: counted(least.replicas, 'replica'),
    replicaHours: least.replicas * hours,
    violatedMinutes: (least.violatedSteps * stepSeconds) / 60,
  }
}
