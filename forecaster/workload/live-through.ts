import type { Plan } from '../plans/plan.ts'
import {
  adopt,
  computeFits,
  type Deliberation,
  deliberate,
  dueFit,
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
  plan: Plan,
  around: Surroundings,
): Deliberation {
  const until = dueFit(workload)
  if (until !== null) adopt(workload, computeFits(workload, until), until)
  observe(workload, sample)
  return deliberate(workload, plan, around)
}
