/** Where the objects of one kind lie in the API. */
export interface ResourceKind {
  /** '' is the core group. */
  group: string
  version: string
  plural: string
}

export interface ResourceName {
  namespace: string
  name: string
}

export const predictiveScalers: ResourceKind = {
  group: 'foresail.dev',
  version: 'v1alpha1',
  plural: 'predictivescalers',
}
export const pods: ResourceKind = { group: '', version: 'v1', plural: 'pods' }
export const configMaps: ResourceKind = { group: '', version: 'v1', plural: 'configmaps' }
export const nodes: ResourceKind = { group: '', version: 'v1', plural: 'nodes' }
export const horizontalPodAutoscalers: ResourceKind = {
  group: 'autoscaling',
  version: 'v2',
  plural: 'horizontalpodautoscalers',
}

/** All objects of a kind, of one namespace or of all. */
export function collectionPath(kind: ResourceKind, namespace?: string): string {
  const root = kind.group === '' ? '/api' : `/apis/${encodeURIComponent(kind.group)}`
  const within = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `${root}/${encodeURIComponent(kind.version)}${within}/${encodeURIComponent(kind.plural)}`
}

export function objectPath(kind: ResourceKind, { namespace, name }: ResourceName): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`
}
