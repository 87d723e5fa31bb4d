import type { ApiRequest } from '../kubernetes/api-request.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import { KubernetesError } from '../kubernetes/errors.ts'
import { FIELD_MANAGER } from '../kubernetes/patch.ts'

interface Metric {
  type: string
  [field: string]: unknown
}

/** An HPA as the API server holds it. */
export interface StoredHpa {
  metadata: {
    namespace: string
    name: string
    uid: string
    resourceVersion: string
    annotations: Record<string, string>
    managedFields: { manager: string; operation: string; fieldsV1?: unknown }[]
  }
  spec: { scaleTargetRef: object; minReplicas: number; maxReplicas: number; metrics: Metric[] }
  status: object
}

interface Body {
  metadata: {
    resourceVersion: string
    annotations?: Record<string, string | null>
    managedFields?: StoredHpa['metadata']['managedFields']
  }
  spec?: { minReplicas?: number; metrics?: Metric[] }
}

export const cpuMetric = (averageUtilization: number): Metric => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
})

/**
 * One HPA behind the rules of server-side apply that matter here, as they were seen on a real API server:
 * an applied field that is left out falls back to its default, resource versions are preconditions, and
 * managedFields can be written.
 */
export function createFakeHpa(
  min: number,
  max: number,
  metrics: Metric[] = [],
): ApiRequests & {
  hpa: StoredHpa
  writes: string[]
  /** Somebody else writes; takes what he changes away from Foresail. */
  edit: (change: (hpa: StoredHpa) => void) => void
  /** So many of the next readings are outdated before they come back as a write. */
  races: number
  exists: boolean
} {
  const hpa: StoredHpa = {
    metadata: {
      ...{ namespace: 'shop', name: 'web', uid: 'u-1', resourceVersion: '1' },
      annotations: {},
      managedFields: [{ manager: 'kubectl', operation: 'Update' }],
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      ...{ minReplicas: min, maxReplicas: max, metrics },
    },
    status: {},
  }
  let applied: { minReplicas: boolean; metrics: boolean; annotations: string[] } | undefined
  const bump = () => {
    hpa.metadata.resourceVersion = String(Number(hpa.metadata.resourceVersion) + 1)
  }

  function apply({ metadata, spec = {} }: Body): void {
    const owned = {
      minReplicas: spec.minReplicas !== undefined,
      metrics: spec.metrics !== undefined,
      annotations: Object.keys(metadata.annotations ?? {}),
    }
    for (const name of applied?.annotations ?? []) {
      if (!owned.annotations.includes(name)) Reflect.deleteProperty(hpa.metadata.annotations, name)
    }
    Object.assign(hpa.metadata.annotations, metadata.annotations)
    if (applied?.minReplicas === true) hpa.spec.minReplicas = 1
    if (applied?.metrics === true) hpa.spec.metrics = [cpuMetric(80)]
    Object.assign(hpa.spec, structuredClone(spec))
    applied = owned
    const fieldsV1 = { 'f:spec': owned.minReplicas ? { 'f:minReplicas': {} } : {} }
    setEntry({ manager: FIELD_MANAGER, operation: 'Apply', fieldsV1 })
  }

  function merge({ metadata, spec = {} }: Body, manager: string): void {
    for (const [name, value] of Object.entries(metadata.annotations ?? {})) {
      if (value === null) Reflect.deleteProperty(hpa.metadata.annotations, name)
      else hpa.metadata.annotations[name] = value
    }
    if (metadata.managedFields !== undefined) {
      hpa.metadata.managedFields = structuredClone(metadata.managedFields)
      if (!metadata.managedFields.some((entry) => entry.manager === FIELD_MANAGER)) {
        applied = undefined
      }
    }
    if (Object.keys(spec).length > 0) setEntry({ manager, operation: 'Update' })
    Object.assign(hpa.spec, structuredClone(spec))
  }

  function setEntry(entry: StoredHpa['metadata']['managedFields'][number]): void {
    const others = hpa.metadata.managedFields.filter(({ manager }) => manager !== entry.manager)
    hpa.metadata.managedFields = [...others, entry]
  }

  const fake = {
    hpa,
    writes: new Array<string>(),
    races: 0,
    exists: true,
    edit(change: (hpa: StoredHpa) => void) {
      const before = structuredClone(hpa.spec)
      change(hpa)
      if (applied && hpa.spec.minReplicas !== before.minReplicas) applied.minReplicas = false
      if (applied && JSON.stringify(hpa.spec.metrics) !== JSON.stringify(before.metrics)) {
        applied.metrics = false
      }
      bump()
    },
    request({ method = 'GET', query = {}, contentType = '', body }: ApiRequest): Promise<unknown> {
      if (!fake.exists) return Promise.reject(new KubernetesError('NotFound', 'not found', 404))
      if (method === 'GET') {
        const seen = structuredClone(hpa)
        if (fake.races > 0) {
          fake.races -= 1
          bump()
        }
        return Promise.resolve(seen)
      }
      const sent = body as Body
      if (sent.metadata.resourceVersion !== hpa.metadata.resourceVersion) {
        return Promise.reject(new KubernetesError('Conflict', 'has been modified', 409))
      }
      fake.writes.push(contentType)
      if (contentType.includes('apply')) apply(sent)
      else merge(sent, query['fieldManager'] ?? '')
      bump()
      return Promise.resolve(structuredClone(hpa))
    },
    open: () => Promise.reject(new Error('not used')),
  }
  return fake
}
