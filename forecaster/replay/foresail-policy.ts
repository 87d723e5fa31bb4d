import type { DecideInput } from '../decide/decide.ts'
import type { Plan } from '../plans/plan.ts'
import { liveThrough } from '../workload/live-through.ts'
import type { Deliberation, Workload } from '../workload/workload.ts'
import type { Policy } from './replay.ts'

export interface ForesailPolicyInput {
  workload: Workload
  plan: Plan
  /** Samples of the recording; those before the first slot asked for are lived through at once. */
  samples: Float64Array
  /** What demand as it is now needs, by the reactive rules in force. */
  reactive: (newestSample: number) => DecideInput['reactive']
  minReplicas: number
  maxReplicas: number
  /** Sees every deliberation from the first slot asked for. */
  onDeliberation?: (deliberation: Deliberation) => void
}

/** Foresail as a policy for the replay: the same workload, plans and decision as in the controller. */
export function foresailPolicy(input: ForesailPolicyInput): Policy {
  const { workload, samples } = input
  let next = 0
  return ({ slot }) => {
    let deliberation: Deliberation | null = null
    while (next < slot) {
      const sample = samples[next++] ?? NaN
      deliberation = liveThrough(workload, sample, input.plan, {
        reactive: input.reactive(sample),
        minReplicas: input.minReplicas,
        maxReplicas: input.maxReplicas,
      })
    }
    if (deliberation === null)
      throw new RangeError(`slot ${slot} was decided before: ask slots in order`)
    input.onDeliberation?.(deliberation)
    return deliberation.decision.replicas
  }
}
