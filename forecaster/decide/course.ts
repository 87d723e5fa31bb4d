import { type DecideInput, type Decision, decide } from './decide.ts'

/** One plan followed from slot to slot: the needs it asked for lately, and the decision that stands. */
export interface Course {
  /** Needs planned at the newest decisions, as a ring: their largest is held. */
  planned: Float64Array
  plannedCount: number
  standing: number | null
}

/** @param longestHold slots over which a need may be held, at least 1 */
export function createCourse(longestHold: number): Course {
  return { planned: new Float64Array(longestHold), plannedCount: 0, standing: null }
}

/** A need for the slot decided: the largest of the newest `holdSteps`. Slots without a forecast do not count. */
export function hold(
  course: Course,
  replicas: number,
  holdSteps: number = course.planned.length,
): DecideInput['predicted'] {
  const { planned } = course
  const newest = course.plannedCount++
  planned[newest % planned.length] = replicas
  const held = Math.min(holdSteps, planned.length)
  let most = 0
  let slot = newest % planned.length
  // Slots that were never asked for hold 0.
  for (let back = 0; back < held; back++) {
    const need = planned[slot] ?? 0
    if (need > most) most = need
    slot = slot === 0 ? planned.length - 1 : slot - 1
  }
  return { kind: 'known', replicas: most }
}

/** The decision for a slot, which stands until the next. */
export function proceed(course: Course, input: Omit<DecideInput, 'standing'>): Decision {
  const decision = decide({ ...input, standing: course.standing })
  course.standing = decision.replicas
  return decision
}
