/** One thing that would be otherwise: `minReplicas=10`, `target=60`, `metrics[1].target=500m`. */
export interface Change {
  field: string
  value: string
}

type Fields = Record<string, unknown>

const SOURCES = ['resource', 'containerResource', 'pods', 'object', 'external']
/** In the order in which the HPA looks for the one that counts. */
const TARGETS = ['averageValue', 'averageUtilization', 'value']

/**
 * The manifest with one thing changed; what it was is left alone, and whether it may be so is for the
 * schema to say.
 *
 * @param object a manifest that the schema takes
 * @returns a string that says why it cannot be changed like that
 */
export function withChange(object: Fields, { field, value }: Change): Fields | string {
  if (field === 'minReplicas' || field === 'maxReplicas') {
    return withSpec(object, { [field]: numberOrText(value) })
  }
  const wanted = /^(?:metrics\[(\d+)\]\.)?target$/.exec(field)
  if (wanted === null) {
    return `${field} is nothing that can be changed: use minReplicas, maxReplicas, target or metrics[0].target`
  }
  const spec = object['spec'] as Fields
  const metrics = (spec['metrics'] ?? []) as Fields[]
  const [, index] = wanted
  if (index === undefined && metrics.length > 1) {
    const choices = metrics.map((_, i) => `metrics[${i}].target`).join(', ')
    return `target could be that of any of ${metrics.length} metrics: write ${choices}`
  }
  const at = Number(index ?? 0)
  // Without metrics the API server fills in cpu at 80 %.
  const all = metrics.length === 0 ? [structuredClone(CPU)] : metrics
  const metric = all[at]
  if (metric === undefined) return `metrics[${at}]: there are only ${all.length}`
  return withSpec(object, { metrics: all.with(at, withTarget(metric, value)) })
}

const CPU: Fields = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
}

function withSpec(object: Fields, change: Fields): Fields {
  return { ...object, spec: { ...(object['spec'] as Fields), ...change } }
}

function withTarget(metric: Fields, value: string): Fields {
  const field = SOURCES.find((one) => metric[one] !== undefined) ?? 'resource'
  const source = metric[field] as Fields
  const target = source['target'] as Fields
  const key = TARGETS.find((one) => target[one] !== undefined) ?? 'averageUtilization'
  const written = key === 'averageUtilization' ? numberOrText(value.replace(/%$/, '')) : value
  return { ...metric, [field]: { ...source, target: { ...target, [key]: written } } }
}

function numberOrText(value: string): number | string {
  return /^-?\d+$/.test(value) ? Number(value) : value
}
