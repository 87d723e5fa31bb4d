/** What a sync asked for, before anything held or limited it. */
export interface Recommendation {
  replicas: number
  atSeconds: number
}

export interface Stabilized {
  replicas: number
  recommendations: readonly Recommendation[]
}

/** Without `behavior`: the highest recommendation of the window, one exactly as old as it included. */
export function stabilize(
  recommendations: readonly Recommendation[],
  desired: number,
  windowSeconds: number,
  nowSeconds: number,
): Stabilized {
  const cutoff = nowSeconds - windowSeconds
  let highest = desired
  let outdated = -1
  for (const [i, { replicas, atSeconds }] of recommendations.entries()) {
    if (atSeconds < cutoff) outdated = i
    else highest = Math.max(highest, replicas)
  }
  return {
    replicas: highest,
    recommendations: record(recommendations, desired, nowSeconds, outdated),
  }
}

/**
 * With `behavior`: current replicas, moved no further than what the recommendations of both windows
 * bound. One exactly as old as a window is outside it.
 */
export function stabilizeWithBehavior(
  recommendations: readonly Recommendation[],
  current: number,
  desired: number,
  windows: { upSeconds: number; downSeconds: number },
  nowSeconds: number,
): Stabilized {
  const upCutoff = nowSeconds - windows.upSeconds
  const downCutoff = nowSeconds - windows.downSeconds
  let lowest = desired
  let highest = desired
  let outdated = -1
  for (const [i, { replicas, atSeconds }] of recommendations.entries()) {
    if (atSeconds > upCutoff) lowest = Math.min(lowest, replicas)
    if (atSeconds > downCutoff) highest = Math.max(highest, replicas)
    if (atSeconds < upCutoff && atSeconds < downCutoff) outdated = i
  }
  return {
    replicas: Math.min(Math.max(current, lowest), highest),
    recommendations: record(recommendations, desired, nowSeconds, outdated),
  }
}

/** The newest takes the place of the last outdated one: the list does not grow. */
function record(
  recommendations: readonly Recommendation[],
  replicas: number,
  atSeconds: number,
  outdated: number,
): readonly Recommendation[] {
  const newest = { replicas, atSeconds }
  return outdated < 0 ? [...recommendations, newest] : recommendations.with(outdated, newest)
}
