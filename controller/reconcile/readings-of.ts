import { startUpQuantile } from '../../forecaster/lead-time/start-up-quantile.ts'
import { newestStep } from '../../forecaster/series/history.ts'
import {
  achievedCoverage,
  forecastFor,
  LOGGED_QUANTILES,
} from '../../forecaster/workload/forecast-log.ts'
import { statedCapacity } from '../api/demand.ts'
import type { ScalerReadings } from '../telemetry/scaler-metrics.ts'
import { newestClosedStep } from './timing.ts'
import type { SyncView } from './view.ts'

/** What one sync measured, for the metrics. Undefined is unknown: the series goes away. Pure. */
export function readingsOf(view: SyncView): ScalerReadings {
  const { live, pods, hpa, leadTime, startUps, scaler } = view
  // A sample that is late is not the old one again: it is not known yet.
  const newest = live === null ? NaN : newestStep(live.workload.outlook.history)
  const fresh = live !== null && newest === newestClosedStep(view.nowMs)
  const forecast = fresh ? forecastFor(live.log, newest) : null
  return {
    mode: scaler.spec.mode,
    demandReplicas: fresh ? known(live.newestDemand) : undefined,
    forecastReplicas: byQuantile((i) => known(forecast?.[i])),
    replicas: {
      predicted: live?.deliberation?.planned?.replicas,
      desired: (live?.deliberation ?? view.standIn)?.decision?.replicas,
      floor: hpa.kind === 'hpa' ? hpa.view.minReplicas : undefined,
      ready: pods.synced ? pods.ready : undefined,
      hpa_alone: live?.hpaAlone?.replicas,
    },
    capacityPerReplica: Object.fromEntries(
      scaler.spec.demand.map((signal) => [signal.name, statedCapacity(signal)]),
    ),
    leadSeconds: {
      planned: leadTime.startUpSeconds,
      median: known(startUpQuantile(startUps, [], 0.5)),
      p90: known(startUpQuantile(startUps, [], 0.9)),
    },
    coverage: byQuantile((i, asked) => ({
      asked,
      achieved: live === null ? undefined : (achievedCoverage(live.log, i) ?? undefined),
    })),
    fallbackActive: live === null && !view.fallback ? undefined : view.fallback,
  }
}

function byQuantile<T>(value: (index: number, quantile: number) => T): Record<string, T> {
  return Object.fromEntries(
    LOGGED_QUANTILES.map((quantile, i) => [String(quantile), value(i, quantile)]),
  )
}

function known(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value
}
