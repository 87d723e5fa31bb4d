import type { DecideInput } from '../decide/decide.ts'
import { takeIn } from '../workload/live-through.ts'
import {
  beginRecord,
  type Deliberation,
  deliberate,
  type Limits,
  type Workload,
} from '../workload/workload.ts'
import type { Policy } from './replay.ts'
import { type WrittenWorld, writer } from './writer.ts'

export interface ForesailPolicyInput {
  workload: Workload
  /** Samples of the recording; those before the first slot asked for are lived through at once. */
  samples: Float64Array
  /** What demand as it is now needs, by the reactive rules in force. */
  reactive: (newestSample: number) => DecideInput['reactive']
  /** The limits of the slot at that index of the samples. */
  limitsAt: (slot: number) => Limits
  world: WrittenWorld
  /** Sees every deliberation from the first slot asked for. */
  onDeliberation?: (deliberation: Deliberation) => void
}

/**
 * Foresail as a policy for the replay: the same workload, plans and decision as in the controller, and
 * the same one who writes: itself, or an HPA whose floor it moves.
 */
export function foresailPolicy(input: ForesailPolicyInput): Policy {
  const { workload, samples, limitsAt } = input
  const write = writer(workload.selection.world.actuation, input.world)
  let next = 0
  return (moment) => {
    let deliberation: Deliberation | null = null
    const first = next === 0
    while (next < moment.slot) {
      const sample = samples[next] ?? NaN
      takeIn(workload, sample, limitsAt(next))
      next++
      const reactive = input.reactive(sample)
      deliberation = deliberate(workload, { reactive, ...limitsAt(next) })
    }
    if (deliberation === null)
      throw new RangeError(`slot ${moment.slot} was decided before: ask slots in order`)
    if (first) beginRecord(workload)
    input.onDeliberation?.(deliberation)
    return write(deliberation, moment, limitsAt(moment.slot).maxReplicas)
  }
}
