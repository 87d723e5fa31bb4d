import type { DecideInput } from '../decide/decide.ts'
import { liveThrough } from '../workload/live-through.ts'
import { beginRecord, type Deliberation, type Limits, type Workload } from '../workload/workload.ts'
import type { Policy } from './replay.ts'
import { type WrittenWorld, writer } from './writer.ts'

export interface ForesailPolicyInput {
  workload: Workload
  /** Samples of the recording; those before the first slot asked for are lived through at once. */
  samples: Float64Array
  /** What demand as it is now needs, by the reactive rules in force. */
  reactive: (newestSample: number) => DecideInput['reactive']
  limits: Limits
  world: WrittenWorld
  /** Sees every deliberation from the first slot asked for. */
  onDeliberation?: (deliberation: Deliberation) => void
}

/**
 * Foresail as a policy for the replay: the same workload, plans and decision as in the controller, and
 * the same one who writes: itself, or an HPA whose floor it moves.
 */
export function foresailPolicy(input: ForesailPolicyInput): Policy {
  const { workload, samples, limits } = input
  const write = writer(workload.selection.world.actuation, input.world)
  let next = 0
  return (moment) => {
    let deliberation: Deliberation | null = null
    const first = next === 0
    while (next < moment.slot) {
      const sample = samples[next++] ?? NaN
      deliberation = liveThrough(workload, sample, { reactive: input.reactive(sample), ...limits })
    }
    if (deliberation === null)
      throw new RangeError(`slot ${moment.slot} was decided before: ask slots in order`)
    if (first) beginRecord(workload)
    input.onDeliberation?.(deliberation)
    return write(deliberation, moment)
  }
}
