import type { PolicyResult } from '../../../forecaster/backtest/backtest.ts'
import type { YesterdaySetting } from '../../../forecaster/backtest/yesterday-policy.ts'
import { counted, percent, timeSpan } from '../numbers.ts'
import { hpaWords } from './hpa-words.ts'
import type { PolicyRow, RowName } from './report.ts'

/** One row a policy, in the order they were run. */
export function policyRows(
  results: readonly PolicyResult[],
  stepSeconds: number,
  foresailSetting: string,
): PolicyRow[] {
  const clairvoyant = results.find((result) => result.policy === 'clairvoyant')
  const timesClairvoyant = (replicaHours: number): number | null =>
    clairvoyant === undefined || clairvoyant.replicaHours === 0
      ? null
      : replicaHours / clairvoyant.replicaHours
  return results.map((result): PolicyRow => {
    const named = {
      policy: rowName(result),
      setting: settingOf(result, stepSeconds, foresailSetting),
    }
    if (result.policy === 'clairvoyant') {
      const { replicaHours } = result
      return {
        ...named,
        replicaHours,
        timesClairvoyant: timesClairvoyant(replicaHours),
        ...NEVER_SHORT,
      }
    }
    const { outcome } = result
    return {
      ...named,
      replicaHours: outcome.replicaHours,
      timesClairvoyant: timesClairvoyant(outcome.replicaHours),
      violationPercent: outcome.violationPercent,
      violatedMinutes: (outcome.violatedSteps * stepSeconds) / 60,
      demandShortPercent: outcome.demandShortPercent,
      longestShortageMinutes: outcome.longestShortageMinutes,
      scaleEventsPerDay: outcome.scaleEventsPerDay,
      reversalsPerDay: outcome.reversalsPerDay,
      peakReplicas: outcome.peakReplicas,
    }
  })
}

/** The clairvoyant is never short by definition, and is a bound: it has no run to count in. */
const NEVER_SHORT = {
  violationPercent: 0,
  violatedMinutes: 0,
  demandShortPercent: 0,
  longestShortageMinutes: 0,
  scaleEventsPerDay: null,
  reversalsPerDay: null,
  peakReplicas: null,
}

export function rowName(result: PolicyResult): RowName {
  return result.policy === 'static' ? `static-${result.size}` : result.policy
}

function settingOf(result: PolicyResult, stepSeconds: number, foresailSetting: string): string {
  switch (result.policy) {
    case 'foresail':
      return foresailSetting
    case 'hpa':
      return hpaWords(result.setting)
    case 'hpa-best':
      return `${hpaWords(result.setting)}${result.reached ? '' : ', closest'}`
    case 'static':
      return counted(result.replicas, 'replica')
    case 'yesterday':
      return yesterdayWords(result.setting, result.gapSlots * stepSeconds)
    case 'clairvoyant':
      return 'knows the future'
  }
}

function yesterdayWords({ margin, targetPercent }: YesterdaySetting, gapSeconds: number): string {
  const gaps = gapSeconds === 0 ? '' : `, gaps ${timeSpan(gapSeconds)}`
  return `margin ${percent(100 * margin)}, HPA ${percent(targetPercent)}${gaps}`
}
