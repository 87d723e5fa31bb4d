import type { Cluster } from '../cluster.ts'
import { DEMAND_METRIC, seriesLabels, seriesText } from '../exposition.ts'
import { applyManifest } from '../foresail.ts'

/** Demand that one pod carries. */
export const CAPACITY = 10
/** Demand of every workload of a scenario in which nothing but the floor is of interest. */
export const CALM_DEMAND = 24
/** What a window that is always open asks for, above what the demand needs. */
export const WINDOW_MIN = 9

export interface SteeredOptions {
  namespace: string
  /** Of the scaler, and of its series. */
  name: string
  scaleTargetRef: object
  actuator: object
  /** The metrics source; default when left out. */
  source?: string
  more?: object
}

/** A scaler in Auto with a window that is always open: its floor is known before it is decided. */
export async function createSteered(cluster: Cluster, options: SteeredOptions): Promise<void> {
  const { namespace, name, scaleTargetRef, actuator, source = 'default', more } = options
  const series = seriesText(DEMAND_METRIC, seriesLabels(namespace, name))
  await applyManifest(cluster, `${namespace}-${name}`, {
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { namespace, name },
    spec: {
      ...{ scaleTargetRef, actuator, minReplicas: 1, maxReplicas: 40, mode: 'Auto' },
      demand: [
        {
          name: 'requests',
          prometheus: { source, query: `sum(max_over_time(${series}[1m]))` },
          capacity: { averageValue: String(CAPACITY) },
        },
      ],
      bounds: [alwaysOpen(WINDOW_MIN)],
      ...more,
    },
  })
}

export function alwaysOpen(minReplicas: number): object {
  return { name: 'always', cron: '* * * * *', durationSeconds: 3600, minReplicas }
}

/** The history of some workloads under a calm demand, for Prometheus to begin with. */
export function calmHistory(namespace: string, names: readonly string[]) {
  return names.map((name) => ({
    name: DEMAND_METRIC,
    labels: seriesLabels(namespace, name),
    value: calmDemand,
  }))
}

/** The same demand, with the grain of real ones. */
export function calmDemand(at: number): number {
  return CALM_DEMAND + 2 * Math.sin(at / 500_000) * Math.sin(at / 86_400_000)
}
