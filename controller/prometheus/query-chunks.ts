/** Prometheus refuses more than 11,000 points a series; the rest is left as a margin. */
export const MAX_POINTS = 10_000

export interface QueryChunk {
  /** Where the chunk's first point lies on the whole grid. */
  firstIndex: number
  startSeconds: number
  endSeconds: number
}

/** How many points of a grid lie in [startSeconds, endSeconds], both included. */
export function pointCount(startSeconds: number, endSeconds: number, stepSeconds: number): number {
  const count = Math.floor((endSeconds - startSeconds) / stepSeconds + 1e-9) + 1
  if (!(stepSeconds > 0) || !Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`no points from ${startSeconds} to ${endSeconds} every ${stepSeconds} s`)
  }
  return count
}

/** Cuts one range into requests of at most `maxPoints` points on the same grid. */
export function queryChunks(
  grid: { startSeconds: number; endSeconds: number; stepSeconds: number },
  maxPoints = MAX_POINTS,
): QueryChunk[] {
  const { startSeconds, endSeconds, stepSeconds } = grid
  const points = pointCount(startSeconds, endSeconds, stepSeconds)
  const chunks: QueryChunk[] = []
  for (let first = 0; first < points; first += maxPoints) {
    const last = Math.min(first + maxPoints, points) - 1
    chunks.push({
      firstIndex: first,
      startSeconds: startSeconds + first * stepSeconds,
      endSeconds: startSeconds + last * stepSeconds,
    })
  }
  return chunks
}
