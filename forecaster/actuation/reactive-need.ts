import type { DecideInput } from '../decide/decide.ts'
import { currentNeed } from '../reactive/current-need.ts'
import type { Actuation } from './actuation.ts'

/** What reacts beside the forecast: the HPA beneath, or Foresail itself. */
export function reactiveNeed(
  actuation: Actuation,
  capacityPerReplica: number,
): (newestSample: number) => DecideInput['reactive'] {
  return actuation.kind === 'hpa'
    ? () => ({ kind: 'absent', why: 'LeftToHpa' })
    : (sample) => currentNeed(sample / capacityPerReplica)
}
