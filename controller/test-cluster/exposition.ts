import type { Load } from './load.ts'

export const DEMAND_METRIC = 'shop_demand'

/** The labels under which a workload's series stand, live and in backfilled history. */
export function seriesLabels(namespace: string, workload: string): Record<string, string> {
  return { namespace, workload }
}

export function seriesText(name: string, labels: Record<string, string>): string {
  const inside = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return `${name}{${inside.join(',')}}`
}

/** What an application would export: its demand, and beside it how many pods are Ready. */
export function exposition(
  loads: readonly Load[],
  readyOf: (load: Load) => number,
  now: number,
): string {
  const gauge = (name: string, value: (load: Load) => number): string[] => [
    `# TYPE ${name} gauge`,
    ...loads.map((load) => {
      const labels = seriesLabels(load.namespace, load.workload)
      return `${seriesText(name, labels)} ${value(load)}`
    }),
  ]
  const lines = [
    ...gauge(DEMAND_METRIC, (load) => load.demand(now)),
    ...gauge('shop_ready_pods', readyOf),
  ]
  return `${lines.join('\n')}\n`
}
