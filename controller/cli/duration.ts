const SHAPE = /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/

/**
 * Seconds of a duration such as `90s`, `3m`, `1m30s` or `7d`.
 *
 * @returns undefined when the text is none
 */
export function parseDuration(text: string): number | undefined {
  const match = SHAPE.exec(text)
  if (match === null) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((count: string | undefined) => Number(count ?? 0))
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
}
