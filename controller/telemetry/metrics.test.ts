import { expect, test } from 'vitest'

import { createMetrics } from './metrics.ts'
import type { ScalerReadings } from './scaler-metrics.ts'

const web = { namespace: 'shop', name: 'web' }
const api = { namespace: 'shop', name: 'api' }
const labels = 'namespace="shop",name="web"'

const full: ScalerReadings = {
  mode: 'Auto',
  demandReplicas: 11.4,
  forecastReplicas: { '0.5': 11, '0.99': 13.5 },
  replicas: { predicted: 14, floor: 14, hpa_alone: 12 },
  capacityPerReplica: { requests: 250 },
  leadSeconds: { median: 21, p90: 34.5, planned: 49.5 },
  coverage: { '0.99': { asked: 0.99, achieved: 0.987 } },
  fallbackActive: false,
}
const unknown: ScalerReadings = {
  mode: 'Auto',
  demandReplicas: undefined,
  forecastReplicas: {},
  replicas: {},
  capacityPerReplica: {},
  leadSeconds: { median: undefined, p90: undefined, planned: undefined },
  coverage: {},
  fallbackActive: undefined,
}

/** Series of scalers only, as Prometheus would read them. */
async function series(metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  const text = await metrics.expose()
  return text.split('\n').filter((line) => line.includes('namespace="'))
}

test('everything known is a series', async () => {
  const metrics = createMetrics({ process: false })
  metrics.scalers.set(web, full)
  expect(await series(metrics)).toEqual([
    `foresail_mode{${labels},mode="Auto"} 1`,
    `foresail_demand_replicas{${labels}} 11.4`,
    `foresail_demand_forecast_replicas{${labels},quantile="0.5"} 11`,
    `foresail_demand_forecast_replicas{${labels},quantile="0.99"} 13.5`,
    `foresail_replicas{${labels},source="predicted"} 14`,
    `foresail_replicas{${labels},source="floor"} 14`,
    `foresail_replicas{${labels},source="hpa_alone"} 12`,
    `foresail_capacity_per_replica{${labels},signal="requests"} 250`,
    `foresail_lead_seconds{${labels},quantile="0.5"} 21`,
    `foresail_lead_seconds{${labels},quantile="0.9"} 34.5`,
    `foresail_lead_seconds{${labels},quantile="planned"} 49.5`,
    `foresail_coverage_ratio{${labels},quantile="0.99",kind="asked"} 0.99`,
    `foresail_coverage_ratio{${labels},quantile="0.99",kind="achieved"} 0.987`,
    `foresail_fallback_active{${labels}} 0`,
  ])
})

test('what is no longer known loses its series, and never becomes 0', async () => {
  const metrics = createMetrics({ process: false })
  metrics.scalers.set(web, full)
  metrics.scalers.set(web, { ...unknown, demandReplicas: NaN, replicas: { predicted: Infinity } })
  expect(await series(metrics)).toEqual([`foresail_mode{${labels},mode="Auto"} 1`])
})

test('a zero is a zero, and another mode or quantile takes the place of the first', async () => {
  const metrics = createMetrics({ process: false })
  metrics.scalers.set(web, full)
  metrics.scalers.set(web, {
    ...unknown,
    mode: 'Observe',
    demandReplicas: 0,
    forecastReplicas: { '0.95': 12 },
    fallbackActive: true,
  })
  expect(await series(metrics)).toEqual([
    `foresail_mode{${labels},mode="Observe"} 1`,
    `foresail_demand_replicas{${labels}} 0`,
    `foresail_demand_forecast_replicas{${labels},quantile="0.95"} 12`,
    `foresail_fallback_active{${labels}} 1`,
  ])
})

test('clearing keeps the counters, removing takes them too, and neither touches other scalers', async () => {
  const metrics = createMetrics({ process: false })
  for (const scaler of [web, api]) {
    metrics.scalers.set(scaler, full)
    metrics.scalers.countDecision(scaler, 'Predicted')
    metrics.scalers.countDecision(scaler, 'Predicted')
    metrics.scalers.countSourceError(scaler, 'Timeout')
  }
  const ofApi = (await series(metrics)).filter((line) => line.includes('name="api"'))
  metrics.scalers.clear(web)
  expect((await series(metrics)).filter((line) => line.includes('name="web"'))).toEqual([
    `foresail_decisions_total{${labels},reason="Predicted"} 2`,
    `foresail_source_errors_total{${labels},reason="Timeout"} 1`,
  ])
  metrics.scalers.remove(web)
  expect(await series(metrics)).toEqual(ofApi)
  metrics.scalers.remove(web)
  expect(await series(metrics)).toEqual(ofApi)
})

test('reconciles and watches are counted for the process as a whole', async () => {
  const metrics = createMetrics({ process: false })
  metrics.observeReconcile(0.3)
  metrics.countWatchRestart('Gone')
  const text = await metrics.expose()
  expect(text).toContain('foresail_reconcile_duration_seconds_bucket{le="0.25"} 0\n')
  expect(text).toContain('foresail_reconcile_duration_seconds_bucket{le="0.5"} 1\n')
  expect(text).toContain('foresail_watch_restarts_total{reason="Gone"} 1\n')
  expect(text).not.toContain('nodejs_')
})

test('the process itself is shown when asked for', async () => {
  const text = await createMetrics({ process: true }).expose()
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
})
