import { Counter, type Registry } from 'prom-client'

import { perScalerGauge, type Reading, type ScalerKey } from './per-scaler-gauge.ts'

export type ReplicaSource = 'predicted' | 'reactive' | 'desired' | 'floor' | 'ready' | 'hpa_alone'

/** All that is known of a scaler at the end of a step. What is left out is unknown. */
export interface ScalerReadings {
  mode: string
  /** Demand of the step that has just closed, in replicas; fractional. */
  demandReplicas: Reading
  /** By quantile ("0.9"): what was forecast, a lead time ago, for the step that has just closed. */
  forecastReplicas: Readonly<Record<string, Reading>>
  replicas: Readonly<Partial<Record<ReplicaSource, Reading>>>
  /** By name of the demand signal, in the unit of its query. */
  capacityPerReplica: Readonly<Record<string, Reading>>
  leadSeconds: { median: Reading; p90: Reading; planned: Reading }
  /** By quantile: shares in [0, 1]. */
  coverage: Readonly<Record<string, { asked: Reading; achieved: Reading }>>
  fallbackActive: boolean | undefined
}

/** The series of every scaler. A scaler that is set again has the series of the new readings only. */
export interface ScalerMetrics {
  set(scaler: ScalerKey, readings: ScalerReadings): void
  /** Nothing is known any more: every gauge goes, counters stay. */
  clear(scaler: ScalerKey): void
  /** The scaler is gone, or another replica has it: everything goes. */
  remove(scaler: ScalerKey): void
  countDecision(scaler: ScalerKey, reason: string): void
  countSourceError(scaler: ScalerKey, reason: string): void
}

const NOTHING = {}

export function scalerMetrics(registry: Registry): ScalerMetrics {
  const gauge = (name: string, help: string, ...labels: string[]) =>
    perScalerGauge(registry, `foresail_${name}`, help, labels)
  const gauges = {
    mode: gauge('mode', 'Always 1; the label says the mode.', 'mode'),
    demand: gauge('demand_replicas', 'Demand of the last closed step, in replicas.'),
    forecast: gauge(
      'demand_forecast_replicas',
      'What was forecast, a lead time ago, for the last closed step, in replicas.',
      'quantile',
    ),
    replicas: gauge('replicas', 'Replicas by where the number comes from.', 'source'),
    capacity: gauge(
      'capacity_per_replica',
      'The most demand one replica carries, in the unit of the signal.',
      'signal',
    ),
    lead: gauge(
      'lead_seconds',
      'Start-up time of pods by quantile; planned is what the lead is made of.',
      'quantile',
    ),
    coverage: gauge(
      'coverage_ratio',
      'Share of steps in which demand stayed within the forecast quantile.',
      ...['quantile', 'kind'],
    ),
    fallback: gauge(
      'fallback_active',
      '1 while the metrics source fails and spec.fallback is in force.',
    ),
  }
  const decisions = perScalerCounter(registry, 'decisions_total', 'Decisions by what decided them.')
  const errors = perScalerCounter(registry, 'source_errors_total', 'Failed queries by reason.')

  const clear = (scaler: ScalerKey): void => {
    for (const each of Object.values(gauges)) each.replace(scaler, NOTHING)
  }
  return {
    set: (scaler, readings) => {
      const { leadSeconds, fallbackActive } = readings
      gauges.mode.replace(scaler, { [readings.mode]: 1 })
      gauges.demand.replace(scaler, { '': readings.demandReplicas })
      gauges.forecast.replace(scaler, readings.forecastReplicas)
      gauges.replicas.replace(scaler, readings.replicas)
      gauges.capacity.replace(scaler, readings.capacityPerReplica)
      gauges.lead.replace(scaler, {
        '0.5': leadSeconds.median,
        '0.9': leadSeconds.p90,
        planned: leadSeconds.planned,
      })
      gauges.coverage.replace(scaler, coverageValues(readings.coverage))
      gauges.fallback.replace(scaler, {
        '': fallbackActive === undefined ? undefined : Number(fallbackActive),
      })
    },
    clear,
    remove: (scaler) => {
      clear(scaler)
      decisions.remove(scaler)
      errors.remove(scaler)
    },
    countDecision: decisions.count,
    countSourceError: errors.count,
  }
}

function coverageValues(coverage: ScalerReadings['coverage']): Record<string, Reading> {
  return Object.fromEntries(
    Object.entries(coverage).flatMap(([quantile, { asked, achieved }]) => [
      [`${quantile},asked`, asked],
      [`${quantile},achieved`, achieved],
    ]),
  )
}

function perScalerCounter(registry: Registry, name: string, help: string) {
  const labelNames = ['namespace', 'name', 'reason']
  const counter = new Counter({ name: `foresail_${name}`, help, labelNames, registers: [registry] })
  const seen = new Map<string, Set<string>>()
  const idOf = (scaler: ScalerKey): string => `${scaler.namespace}/${scaler.name}`
  return {
    count: ({ namespace, name }: ScalerKey, reason: string): void => {
      counter.inc({ namespace, name, reason })
      const id = idOf({ namespace, name })
      seen.set(id, (seen.get(id) ?? new Set()).add(reason))
    },
    remove: ({ namespace, name }: ScalerKey): void => {
      const id = idOf({ namespace, name })
      for (const reason of seen.get(id) ?? []) counter.remove({ namespace, name, reason })
      seen.delete(id)
    },
  }
}
