/** A series' labels as PromQL writes them, sorted. */
export function labelSet(labels: Record<string, string>): string {
  const { __name__: name = '', ...rest } = labels
  const pairs = Object.entries(rest)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return `${name}{${pairs.join(', ')}}`
}
