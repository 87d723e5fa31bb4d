import {
  adopt,
  computeFits,
  type Deliberation,
  deliberate,
  dueFit,
  type Limits,
  observe,
  type Surroundings,
  type Workload,
} from './workload.ts'

/**
 * One closed slot, whole: refit where due, observe, decide the next slot. The backtest lives through
 * a recording with it, the controller through the history it finds at its start.
 *
 * @param sample demand of the slot; NaN when nothing is known of it
 */
export function liveThrough(
  workload: Workload,
  sample: number,
  around: Surroundings,
): Deliberation {
  takeIn(workload, sample, around)
  return deliberate(workload, around)
}

/** The same up to the decision, for whoever takes it himself. */
export function takeIn(workload: Workload, sample: number, limits: Limits): void {
  const until = dueFit(workload)
  if (until !== null) adopt(workload, computeFits(workload, until), until)
  observe(workload, sample, limits)
}
