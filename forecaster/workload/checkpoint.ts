import { choose } from '../selection/selection.ts'
import type { Tally } from '../selection/tally.ts'
import { newestStep } from '../series/history.ts'
import type { Workload } from './workload.ts'

/**
 * What a workload has learned that a week of history does not give back: sums of the virtual runs and of
 * the real one, and how far the quantiles were corrected. Some kilobytes of JSON. Fits are not in it: they are
 * computed anew (architecture: State).
 */
export interface Checkpoint {
  version: 1
  /** The newest slot it knows. */
  step: number
  /** Virtual runs and corrections hold for this lead and these prices only. */
  leadSteps: number
  prices: number[]
  peakReplicas: number
  own: Tally
  law: Tally[]
  reactive: Tally[]
  /** Correction of each level, by model. */
  trackers: Record<string, number[]>
}

export function checkpointOf(workload: Workload): Checkpoint {
  const { outlook, selection, own, leadSteps, peakReplicas } = workload
  const { prices, law, reactive } = selection
  return {
    version: 1,
    step: newestStep(outlook.history),
    leadSteps,
    prices: [...prices],
    peakReplicas,
    own: { ...own.tally },
    law: law.map(({ tally }) => ({ ...tally })),
    reactive: reactive.map(({ tally }) => ({ ...tally })),
    trackers: Object.fromEntries(
      outlook.members.flatMap(({ modelId, calibration }) =>
        calibration === null ? [] : [[modelId, [...calibration.tracker]] as const],
      ),
    ),
  }
}

/**
 * Puts a checkpoint back into a workload that has lived through its history up to the checkpoint's slot.
 * What was learned at another lead, or under other prices, stays as the history gives it; what was really
 * run counts in any case.
 */
export function resume(workload: Workload, checkpoint: Checkpoint): void {
  const { outlook, selection, own } = workload
  own.tally = { ...checkpoint.own }
  const same =
    checkpoint.leadSteps === workload.leadSteps &&
    checkpoint.prices.length === selection.prices.length &&
    checkpoint.prices.every((price, rung) => price === selection.prices[rung])
  if (same) {
    putBack(selection.law, checkpoint.law)
    putBack(selection.reactive, checkpoint.reactive)
    for (const { modelId, calibration } of outlook.members) {
      const tracker = checkpoint.trackers[modelId]
      if (calibration !== null && tracker?.length === calibration.tracker.length) {
        calibration.tracker.set(tracker)
      }
    }
  }
  choose(selection, own)
}

/**
 * The scale of the prices for busy hours that need `busyPeak` replicas: the old one, so that what was learned
 * under its prices still counts, unless the busy hours have doubled or halved.
 */
export function peakWith(checkpoint: Checkpoint | null, busyPeak: number): number {
  if (checkpoint === null) return busyPeak
  const ratio = busyPeak / checkpoint.peakReplicas
  return ratio > 0.5 && ratio < 2 ? checkpoint.peakReplicas : busyPeak
}

function putBack(runs: readonly { tally: Tally }[], tallies: readonly Tally[]): void {
  runs.forEach((run, i) => {
    run.tally = { ...(tallies[i] ?? run.tally) }
  })
}
