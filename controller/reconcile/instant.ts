/** RFC 3339 in whole seconds, as Kubernetes writes times. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
