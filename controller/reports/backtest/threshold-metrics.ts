import type { PolicyName } from '../../../forecaster/backtest/backtest.ts'

import type { BacktestReport, PolicyRow, Rival } from './report.ts'

/** What a threshold can be set on. All of it is Foresail's. */
export interface ThresholdMetric {
  name: string
  unit: 'percent' | 'seconds' | 'number'
  /** Policies that must have been run. */
  needs: readonly PolicyName[]
  meaning: string
  /** Null where it is not known. */
  valueOf: (measured: Measured) => number | null
}

type Measured = Pick<BacktestReport, 'policies' | 'savings' | 'coverage'>

/** Every metric, in the order of the help. */
export const THRESHOLD_METRICS: readonly ThresholdMetric[] = [
  ofForesail(
    'violations',
    'percent',
    'scored time in which demand exceeds capacity',
    (row) => row.violationPercent,
  ),
  ofForesail(
    'demand_short',
    'percent',
    'demand that finds no capacity',
    (row) => row.demandShortPercent,
  ),
  ofForesail(
    'longest_shortage',
    'seconds',
    'longest violation without a break',
    (row) => 60 * row.longestShortageMinutes,
  ),
  ofForesail(
    'replica_hours',
    'number',
    'pods that exist, summed over the scored time',
    (row) => row.replicaHours,
  ),
  {
    ...ofForesail(
      'times_clairvoyant',
      'number',
      "replica_hours over the clairvoyant's",
      (row) => row.timesClairvoyant,
    ),
    needs: ['foresail', 'clairvoyant'],
  },
  ofForesail('peak_replicas', 'number', 'most pods at once', (row) => row.peakReplicas),
  ofForesail(
    'scale_events',
    'number',
    'changes of the number of pods, a day',
    (row) => row.scaleEventsPerDay,
  ),
  ofForesail(
    'reversals',
    'number',
    'changes against the one before, a day',
    (row) => row.reversalsPerDay,
  ),
  saved('savings_vs_hpa', 'hpa', ['hpa'], 'replica-hours saved against the HPA as configured'),
  saved(
    'savings_vs_hpa_best',
    'hpa-at-equal-violations',
    ['hpa-best'],
    'against the best HPA, at the same violations',
  ),
  saved(
    'savings_vs_static',
    'static-peak',
    ['static'],
    "against a fixed count for the warm-up's peak",
  ),
  saved('savings_vs_static_p99', 'static-p99', ['static'], 'for its 99th percentile'),
  saved('savings_vs_static_usual', 'static-usual', ['static'], 'for its median'),
  saved(
    'savings_vs_static_best',
    'static-at-equal-violations',
    ['static'],
    'against the least fixed count that is short no more often',
  ),
  saved('savings_vs_yesterday', 'yesterday', ['yesterday'], 'against same-time-yesterday'),
  saved(
    'savings_vs_yesterday_best',
    'yesterday-at-equal-violations',
    ['yesterday'],
    'the same, at the same violations',
  ),
  covered(50),
  covered(90),
  covered(95),
  covered(99),
]

function ofForesail(
  name: string,
  unit: ThresholdMetric['unit'],
  meaning: string,
  valueOf: (foresail: PolicyRow) => number | null,
): ThresholdMetric {
  return {
    name,
    unit,
    needs: ['foresail'],
    meaning,
    valueOf: ({ policies }) => {
      const foresail = policies.find(({ policy }) => policy === 'foresail')
      return foresail === undefined ? null : valueOf(foresail)
    },
  }
}

function saved(
  name: string,
  against: Rival,
  rivals: readonly PolicyName[],
  meaning: string,
): ThresholdMetric {
  return {
    name,
    unit: 'percent',
    needs: ['foresail', ...rivals],
    meaning,
    valueOf: ({ savings }) =>
      savings.find((saving) => saving.against === against)?.savedPercent ?? null,
  }
}

function covered(askedPercent: number): ThresholdMetric {
  return {
    name: `coverage_p${askedPercent}`,
    unit: 'percent',
    needs: ['foresail'],
    meaning: `time in which demand stays within the ${askedPercent} % forecast`,
    valueOf: ({ coverage }) =>
      coverage.find((one) => Math.round(one.askedPercent) === askedPercent)?.achievedPercent ??
      null,
  }
}
