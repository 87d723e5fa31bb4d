/**
 * Objects that must be taken or refused, for tests: the same table is put to `parseScaler` and to a
 * real API server, so that the two cannot drift apart.
 */
import type { PredictiveScalerManifest } from './schema.ts'

/** Everything required and nothing else. */
export function smallestScaler(): PredictiveScalerManifest {
  return {
    apiVersion: 'foresail.dev/v1alpha1',
    kind: 'PredictiveScaler',
    metadata: { name: 'shop-web', namespace: 'shop' },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'shop-web' },
      maxReplicas: 60,
      actuator: { name: 'shop-web' },
      demand: [signal('requests')],
    },
  }
}

/** What `parseScaler` makes of its spec. */
export const smallestSpecParsed = {
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' },
  minReplicas: 1,
  maxReplicas: 60,
  mode: 'Observe',
  actuator: { type: 'HorizontalPodAutoscaler', name: 'shop-web' },
  demand: [
    {
      name: 'requests',
      prometheus: { source: 'default', query: 'sum(rate(requests_total[2m]))' },
      capacity: { averageValue: '250' },
    },
  ],
  prediction: { historyDays: 7, timeZone: 'UTC', risk: { violationBudget: '0.5%' } },
  leadTime: { percentile: 90, initialSeconds: 60, maxSeconds: 900 },
  reactive: { metrics: [] },
  behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  bounds: [],
  events: [],
  fallback: { afterSeconds: 180, behavior: 'HoldHighest' },
}

/** What the API server makes of it: as above without `risk`, see choiceWithDefault. */
export const smallestSpecStored = {
  ...smallestSpecParsed,
  prediction: { historyDays: 7, timeZone: 'UTC' },
}

/** A change of one field of the smallest scaler. `undefined` takes the field away. */
export interface Change {
  at: string
  value: unknown
}

export interface RefusedCase extends Change {
  /** The field that is named, where it is not the changed one. */
  blamed?: string
}

export const TAKEN: readonly Change[] = [
  { at: 'spec.minReplicas', value: 60 },
  { at: 'spec.mode', value: 'Auto' },
  { at: 'spec.scaleTargetRef.kind', value: 'StatefulSet' },
  { at: 'spec.demand', value: [signal('requests'), signal('queue-2')] },
  { at: 'spec.demand.0.capacity.averageValue', value: 250 },
  { at: 'spec.demand.0.capacity.averageValue', value: '2Ki' },
  { at: 'spec.demand.0.capacity.averageValue', value: '100m' },
  { at: 'spec.prediction', value: { historyDays: 28 } },
  { at: 'spec.prediction', value: { risk: { violationPrice: '50' } } },
  { at: 'spec.prediction', value: { risk: { violationPrice: 50 } } },
  { at: 'spec.prediction', value: { risk: { quantile: '0.99' } } },
  { at: 'spec.prediction', value: { risk: { violationBudget: '50%' } } },
  { at: 'spec.leadTime', value: { percentile: 95 } },
  { at: 'spec.reactive', value: { guard: { metric: 'cpu', averageUtilization: 85 } } },
  { at: 'spec.behavior', value: { scaleDown: { stabilizationWindowSeconds: 0 } } },
  {
    at: 'spec.behavior',
    value: {
      scaleUp: {
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
    },
  },
  {
    at: 'spec.scaleTargetRef',
    value: { apiVersion: 'shop.example/v1', kind: 'Rollout', name: 'a' },
  },
  { at: 'spec.actuator', value: { type: 'Scale' } },
  { at: 'spec.actuator', value: { type: 'ScaledObject', name: 'shop-web' } },
  { at: 'spec.demand', value: [resourceOf('cpu', { averageUtilization: 90 })] },
  { at: 'spec.demand', value: [resourceOf('memory', { averageValue: '2Gi' })] },
  { at: 'spec.demand.0', value: formulaOf('web + 4 * uploads', ['web', 'uploads']) },
  { at: 'spec.prediction', value: { timeZone: 'Europe/Berlin' } },
  { at: 'spec.bounds', value: [office({ minReplicas: 5, maxReplicas: 80 })] },
  { at: 'spec.bounds', value: [office({ minReplicas: 5, timeZone: 'Asia/Shanghai' })] },
  { at: 'spec.events', value: [launch({})] },
  { at: 'spec.events', value: [launch({ start: '2026-12-01T08:00:00+01:00' })] },
  { at: 'metadata.annotations', value: { 'foresail.dev/paused': 'true' } },
]

export const REFUSED: readonly RefusedCase[] = [
  { at: 'spec', value: undefined },
  { at: 'spec.maxReplicas', value: undefined },
  { at: 'spec.maxReplicas', value: 0 },
  { at: 'spec.maxReplicas', value: 1e9 },
  { at: 'spec.maxReplicas', value: '60' },
  { at: 'spec.minReplicas', value: 0 },
  { at: 'spec.minReplicas', value: 61 },
  { at: 'spec.minReplicas', value: 1.5 },
  { at: 'spec.mode', value: 'auto' },
  { at: 'spec.scaleTargetRef', value: undefined },
  { at: 'spec.scaleTargetRef.kind', value: 'DaemonSet' },
  { at: 'spec.scaleTargetRef.name', value: 'Shop_Web' },
  { at: 'spec.scaleTargetRef.apiVersion', value: 'apps' },
  { at: 'spec.scaleTargetRef.kind', value: 'cronJob' },
  { at: 'spec.actuator', value: undefined },
  { at: 'spec.actuator.name', value: undefined, blamed: 'spec.actuator' },
  { at: 'spec.actuator.type', value: 'Deployment' },
  { at: 'spec.actuator.type', value: 'Scale', blamed: 'spec.actuator.name' },
  { at: 'spec.actuator', value: { type: 'ScaledObject' }, blamed: 'spec.actuator.name' },
  {
    at: 'spec.reactive',
    value: { metrics: [{ type: 'Cpu' }] },
    blamed: 'spec.reactive.metrics[0].type',
  },
  { at: 'spec.demand', value: [] },
  { at: 'spec.demand', value: [signal('a'), signal('a')], blamed: 'spec.demand[1]' },
  { at: 'spec.demand.0.name', value: 'Requests' },
  { at: 'spec.demand.0.prometheus', value: undefined, blamed: 'spec.demand[0]' },
  { at: 'spec.demand.0.resource', value: { name: 'cpu' }, blamed: 'spec.demand[0]' },
  {
    at: 'spec.demand.0.capacity',
    value: { averageUtilization: 90 },
    blamed: 'spec.demand[0].capacity',
  },
  {
    at: 'spec.demand.0',
    value: resourceOf('disk', { averageValue: '1' }),
    blamed: 'spec.demand[0].resource.name',
  },
  {
    at: 'spec.demand.0',
    value: formulaOf('web', ['Web']),
    blamed: 'spec.demand[0].formula.variables[0].name',
  },
  { at: 'spec.demand.0.prometheus.query', value: '' },
  { at: 'spec.demand.0.prometheus.source', value: 'http://10.0.0.1' },
  {
    at: 'spec.demand.0.capacity.averageValue',
    value: undefined,
    blamed: 'spec.demand[0].capacity',
  },
  { at: 'spec.demand.0.capacity.averageValue', value: 2.5 },
  { at: 'spec.demand.0.capacity.averageValue', value: 0 },
  { at: 'spec.demand.0.capacity.averageValue', value: '0' },
  { at: 'spec.demand.0.capacity.averageValue', value: '-1' },
  { at: 'spec.demand.0.capacity.averageValue', value: '250 rps' },
  { at: 'spec.demand.0.capacity.averageValue', value: 'm' },
  { at: 'spec.prediction', value: { historyDays: 6 }, blamed: 'spec.prediction.historyDays' },
  ...refusedRisk('', {}),
  ...refusedRisk('', { violationPrice: '50', quantile: '0.99' }),
  ...refusedRisk('', { violationBudget: '1%', violationPrice: '50' }),
  ...refusedRisk('violationBudget', { violationBudget: '0.5' }),
  ...refusedRisk('violationBudget', { violationBudget: '0%' }),
  ...refusedRisk('violationBudget', { violationBudget: '51%' }),
  ...refusedRisk('violationBudget', { violationBudget: '100%' }),
  ...refusedRisk('violationBudget', { violationBudget: 0.005 }),
  ...refusedRisk('violationPrice', { violationPrice: '-50' }),
  ...refusedRisk('quantile', { quantile: '1' }),
  ...refusedRisk('quantile', { quantile: '0.4' }),
  ...refusedRisk('quantile', { quantile: '99%' }),
  { at: 'spec.leadTime', value: { percentile: 100 }, blamed: 'spec.leadTime.percentile' },
  { at: 'spec.leadTime', value: { initialSeconds: 901 }, blamed: 'spec.leadTime.initialSeconds' },
  {
    at: 'spec.reactive',
    value: { guard: { metric: 'requests', averageUtilization: 85 } },
    blamed: 'spec.reactive.guard.metric',
  },
  {
    at: 'spec.behavior',
    value: { scaleDown: { stabilizationWindowSeconds: 3601 } },
    blamed: 'spec.behavior.scaleDown.stabilizationWindowSeconds',
  },
  {
    at: 'spec.prediction',
    value: { timeZone: 'Mars/X' },
    blamed: 'spec.prediction.timeZone',
  },
  { at: 'spec.bounds', value: [office({})], blamed: 'spec.bounds[0]' },
  {
    at: 'spec.bounds',
    value: [office({ minReplicas: 5, maxReplicas: 4 })],
    blamed: 'spec.bounds[0].minReplicas',
  },
  {
    at: 'spec.bounds',
    value: [office({ minReplicas: 5, cron: 'every day' })],
    blamed: 'spec.bounds[0].cron',
  },
  {
    at: 'spec.bounds',
    value: [office({ minReplicas: 5, cron: '0 8 * * '.repeat(2000) })],
    blamed: 'spec.bounds[0].cron',
  },
  {
    at: 'spec.bounds',
    value: [office({ minReplicas: 5, timeZone: 'Mars/X' })],
    blamed: 'spec.bounds[0].timeZone',
  },
  {
    at: 'spec.bounds',
    value: [office({ minReplicas: 5, durationSeconds: 0 })],
    blamed: 'spec.bounds[0].durationSeconds',
  },
  {
    at: 'spec.events',
    value: [launch({ end: '2026-12-01T07:00:00Z' })],
    blamed: 'spec.events[0].start',
  },
  {
    at: 'spec.events',
    value: [launch({ start: 'tomorrow' })],
    blamed: 'spec.events[0].start',
  },
  {
    at: 'spec.events',
    value: [launch({ demandFactor: '0' })],
    blamed: 'spec.events[0].demandFactor',
  },
  { at: 'spec.fallback', value: { afterSeconds: 10 }, blamed: 'spec.fallback.afterSeconds' },
  { at: 'spec.fallback', value: { behavior: 'Static' }, blamed: 'spec.fallback.behavior' },
]

/** Refused by `parseScaler` and by kubectl; the API server alone would prune them. */
export const UNKNOWN_FIELDS: readonly Change[] = [
  { at: 'spec.minReplica', value: 2 },
  { at: 'spec.bound', value: [] },
  { at: 'spec.demand.0.capacity.value', value: 90 },
]

/** The smallest scaler with one change. */
export function changed({ at, value }: Change): Record<string, unknown> {
  const object = structuredClone(smallestScaler()) as Record<string, unknown>
  const parts = at.split('.')
  const last = parts.pop() ?? ''
  let node = object
  for (const part of parts) node = node[part] as Record<string, unknown>
  if (value === undefined) Reflect.deleteProperty(node, last)
  else node[last] = value
  return object
}

/** The path of the field to blame, as both sides print it: `spec.demand[0].name`. */
export function blamedPath({ at, blamed }: RefusedCase): string {
  return blamed ?? at.replaceAll(/\.(\d+)/g, '[$1]')
}

function signal(name: string) {
  return {
    name,
    prometheus: { query: 'sum(rate(requests_total[2m]))' },
    capacity: { averageValue: '250' },
  }
}

function refusedRisk(field: string, risk: object): RefusedCase[] {
  const blamed = field === '' ? 'spec.prediction.risk' : `spec.prediction.risk.${field}`
  return [{ at: 'spec.prediction', value: { risk }, blamed }]
}

function resourceOf(name: string, capacity: object): object {
  return { name: 'usage', resource: { name }, capacity }
}

function formulaOf(expression: string, variables: readonly string[]): object {
  const queries = variables.map((name) => ({ name, prometheus: { query: 'sum(a)' } }))
  const formula = { expression, variables: queries }
  return { name: 'mixed', formula, capacity: { averageValue: '250' } }
}

function office(more: object): object {
  return { name: 'office', cron: '0 8 * * MON-FRI', durationSeconds: 36000, ...more }
}

function launch(more: object): object {
  const [start, end] = ['2026-12-01T08:00:00Z', '2026-12-01T20:00:00Z']
  return { name: 'launch', start, end, demandFactor: '3', ...more }
}
