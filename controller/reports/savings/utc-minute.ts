/** Seconds since the epoch as `2026-11-24 10:05 UTC`. */
export function utcMinute(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
