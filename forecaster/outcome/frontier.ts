/** One setting of a policy: how often it was short, and what it cost. */
export interface FrontierPoint {
  violationPercent: number
  replicaHours: number
}

/** The settings that no other beats or equals in both, by rising violations (PROTOCOL §6). */
export function frontier<Point extends FrontierPoint>(points: readonly Point[]): Point[] {
  const sorted = points.toSorted(
    (a, b) => a.violationPercent - b.violationPercent || a.replicaHours - b.replicaHours,
  )
  const front: Point[] = []
  for (const point of sorted) {
    const last = front.at(-1)
    if (last === undefined || point.replicaHours < last.replicaHours) front.push(point)
  }
  return front
}

/**
 * Replica-hours at a violation share, log-linear between neighbouring settings.
 *
 * @returns null when no setting is short that seldom: the policy does not reach it
 */
export function costAt(points: readonly FrontierPoint[], violationPercent: number): number | null {
  const front = frontier(points)
  const right = front.findIndex((point) => point.violationPercent > violationPercent)
  const after = right === -1 ? undefined : front[right]
  const before = right === -1 ? front.at(-1) : front[right - 1]
  if (before === undefined) return null
  if (after === undefined) return before.replicaHours
  const share =
    (violationPercent - before.violationPercent) /
    (after.violationPercent - before.violationPercent)
  return before.replicaHours * (after.replicaHours / before.replicaHours) ** share
}
