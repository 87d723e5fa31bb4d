import type { Served } from './engine-case.ts'
import type { Question } from './served-metrics.ts'

/** The answer to a question, for pods of these names; null where the step serves none. */
export function bodyOf(
  { name, metric }: Question,
  served: Served,
  podNames: readonly string[],
  now: string,
): unknown {
  switch (metric) {
    case 'podMetrics':
      return podMetrics(served, podNames, now)
    case 'rps':
      return served.rps && perPod(`rps-${name}`, served.rps, podNames, now)
    case 'hits': {
      if (served.hits === undefined) return undefined
      const describedObject = { kind: 'Service', name, apiVersion: 'v1' }
      const value = `${served.hits}m`
      const item = { describedObject, metric: { name: `hits-${name}` }, timestamp: now, value }
      return customList([item])
    }
    case 'queue':
      return served.queue && external(`queue-${name}`, served.queue, now)
  }
}

/** All usage in the `app` container: the other one idles. */
function podMetrics({ cpu, memory }: Served, podNames: readonly string[], now: string): unknown {
  if (cpu === undefined && memory === undefined) return undefined
  const items = [...podNames].sort().flatMap((name, place) => {
    const millis = cpu?.(place) ?? null
    const mebibytes = memory?.(place) ?? null
    if (millis === null && mebibytes === null) return []
    const idle = { cpu: '0', memory: '0' }
    const busy = {
      ...(millis === null ? {} : { cpu: `${millis}m` }),
      ...(mebibytes === null ? {} : { memory: `${mebibytes}Mi` }),
    }
    return [
      {
        metadata: { name, creationTimestamp: now },
        ...{ timestamp: now, window: '10s' },
        containers: [
          { name: 'app', usage: busy },
          { name: 'side', usage: idle },
        ],
      },
    ]
  })
  return { kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items }
}

function perPod(
  metric: string,
  level: NonNullable<Served['rps']>,
  podNames: readonly string[],
  now: string,
): unknown {
  const items = [...podNames].sort().flatMap((name, place) => {
    const milli = level(place)
    if (milli === null) return []
    const describedObject = { kind: 'Pod', name, apiVersion: '/v1' }
    return [{ describedObject, metric: { name: metric }, timestamp: now, value: `${milli}m` }]
  })
  return customList(items)
}

function customList(items: readonly unknown[]): unknown {
  const apiVersion = 'custom.metrics.k8s.io/v1beta2'
  return { kind: 'MetricValueList', apiVersion, metadata: {}, items }
}

function external(metricName: string, values: readonly number[], now: string): unknown {
  const items = values.map((milli) => {
    return { metricName, metricLabels: {}, timestamp: now, value: `${milli}m` }
  })
  const apiVersion = 'external.metrics.k8s.io/v1beta1'
  return { kind: 'ExternalMetricValueList', apiVersion, metadata: {}, items }
}
