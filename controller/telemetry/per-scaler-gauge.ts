import { Gauge, type Registry } from 'prom-client'

export interface ScalerKey {
  namespace: string
  name: string
}

/** A value that may be unknown. What is unknown has no series: a 0 would be read as "none". */
export type Reading = number | undefined

/** A gauge with one series, or several told apart by one more label, for every scaler. */
export interface PerScalerGauge {
  /** Makes these the scaler's only series. NaN and infinities count as unknown. */
  replace(scaler: ScalerKey, values: Readonly<Record<string, Reading>>): void
}

/**
 * @param labels names of the labels after namespace and name. The keys of the values are their texts,
 *   joined by a comma; the empty key where there are none.
 */
export function perScalerGauge(
  registry: Registry,
  name: string,
  help: string,
  labels: readonly string[] = [],
): PerScalerGauge {
  const labelNames = ['namespace', 'name', ...labels]
  const gauge = new Gauge({ name, help, labelNames, registers: [registry] })
  const shown = new Map<string, Set<string>>()

  const labelsOf = ({ namespace, name }: ScalerKey, key: string): Record<string, string> => {
    const texts = labels.length === 0 ? [] : key.split(',')
    return {
      namespace,
      name,
      ...Object.fromEntries(labels.map((label, i) => [label, texts[i] ?? ''])),
    }
  }
  return {
    replace: (scaler, values) => {
      const id = `${scaler.namespace}/${scaler.name}`
      const present = new Set<string>()
      for (const [key, value] of Object.entries(values)) {
        if (value === undefined || !Number.isFinite(value)) continue
        gauge.set(labelsOf(scaler, key), value)
        present.add(key)
      }
      for (const key of shown.get(id) ?? []) {
        if (!present.has(key)) gauge.remove(labelsOf(scaler, key))
      }
      if (present.size > 0) shown.set(id, present)
      else shown.delete(id)
    },
  }
}
