/** What a run cost and how often it was short (PROTOCOL §4). */
export interface Outcome {
  scoredSteps: number
  violatedSteps: number
  /** Share of scored steps with less Ready capacity than demand, in per cent. */
  violationPercent: number
  /** Demand that found no capacity, in per cent of demand. */
  demandShortPercent: number
  replicaHours: number
  scaleEventsPerDay: number
  reversalsPerDay: number
  longestShortageMinutes: number
  peakReplicas: number
}

export interface ScoredRun {
  demand: Float64Array
  scored: Uint8Array
  ready: Int32Array
  existing: Int32Array
  capacityPerReplica: number
  initialReplicas: number
  stepSeconds: number
}

/** Sums a run over its scored steps. Arrays are aligned and of equal length. */
export function outcomeOf(run: ScoredRun): Outcome {
  let steps = 0
  let violated = 0
  let shortage = 0
  let offered = 0
  let replicaSteps = 0
  let peak = 0
  let streak = 0
  let longest = 0
  for (let t = 0; t < run.demand.length; t++) {
    if (run.scored[t] !== 1) {
      streak = 0
      continue
    }
    const demand = run.demand[t] ?? 0
    const capacity = (run.ready[t] ?? 0) * run.capacityPerReplica
    const existing = run.existing[t] ?? 0
    steps++
    replicaSteps += existing
    offered += demand
    peak = Math.max(peak, existing)
    if (demand > capacity * (1 + 1e-9)) {
      violated++
      shortage += demand - capacity
      longest = Math.max(longest, ++streak)
    } else streak = 0
  }
  const days = (steps * run.stepSeconds) / 86_400
  const { events, reversals } = countScaling(run)
  return {
    scoredSteps: steps,
    violatedSteps: violated,
    violationPercent: steps === 0 ? 0 : (100 * violated) / steps,
    demandShortPercent: offered === 0 ? 0 : (100 * shortage) / offered,
    replicaHours: (replicaSteps * run.stepSeconds) / 3600,
    scaleEventsPerDay: days === 0 ? 0 : events / days,
    reversalsPerDay: days === 0 ? 0 : reversals / days,
    longestShortageMinutes: (longest * run.stepSeconds) / 60,
    peakReplicas: peak,
  }
}

/** Scored steps in which the count of pods changes, and those against the change before. */
function countScaling(run: ScoredRun): { events: number; reversals: number } {
  let events = 0
  let reversals = 0
  let before = run.initialReplicas
  let lastSign = 0
  for (let t = 0; t < run.existing.length; t++) {
    const change = Math.sign((run.existing[t] ?? 0) - before)
    before = run.existing[t] ?? 0
    if (run.scored[t] !== 1 || change === 0) continue
    events++
    if (lastSign !== 0 && change !== lastSign) reversals++
    lastSign = change
  }
  return { events, reversals }
}
