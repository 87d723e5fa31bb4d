/**
 * The one decision function. Controller, backtest and demo call it; nothing else computes replicas.
 * Pure: what it does not get as an argument it does not know.
 */

/** A need for replicas, or why there is none. Absence is never a number. */
export type Need<Why extends string> =
  | { kind: 'known'; replicas: number }
  | { kind: 'absent'; why: Why }

export interface DecideInput {
  /** From the forecast at the lead, held over the plan's window; or from the day-ahead plan in doubt. */
  predicted: Need<'NoForecast' | 'NotPredictable'>
  /** The most that a forecast may ask for; left out, there is no such bound. It binds no person's minimum. */
  sanityBound?: number
  /** From demand as it is now, by the HPA's rules. */
  reactive: Need<'NoFreshData' | 'LeftToHpa'>
  /** Newest slot is closed and known. Without it nothing is lowered. */
  fresh: boolean
  /** The decision in force; null before the first. */
  standing: number | null
  minReplicas: number
  maxReplicas: number
}

/** What decided the number, most telling first. */
export type DecisionReason =
  | 'Predicted'
  | 'Reactive'
  | 'SanityBound'
  | 'HeldWithoutData'
  | 'MinReplicas'
  | 'MaxReplicas'

export interface Decision {
  replicas: number
  reason: DecisionReason
  /** Before the bounds: what Foresail would have run. */
  unbounded: number
  /** Inputs that were absent, in their own words. */
  absent: string[]
}

/**
 * The larger of the needs; never below what stands while data is missing; within the bounds.
 * Bounds are the user's word and win over everything.
 */
export function decide(input: DecideInput): Decision {
  const { predicted, reactive, standing, minReplicas, maxReplicas } = input
  const absent: string[] = []
  if (predicted.kind === 'absent') absent.push(predicted.why)
  if (reactive.kind === 'absent') absent.push(reactive.why)
  let unbounded = 0
  let reason: DecisionReason = 'MinReplicas'
  if (predicted.kind === 'known') {
    const { sanityBound = Infinity } = input
    unbounded = Math.min(predicted.replicas, sanityBound)
    reason = predicted.replicas > sanityBound ? 'SanityBound' : 'Predicted'
  }
  if (reactive.kind === 'known' && reactive.replicas > unbounded) {
    unbounded = reactive.replicas
    reason = 'Reactive'
  }
  // Where predicting does not pay, its absence is a choice and no doubt.
  const doubt = !input.fresh || (predicted.kind === 'absent' && predicted.why === 'NoForecast')
  if (doubt && standing !== null && standing > unbounded) {
    unbounded = standing
    reason = 'HeldWithoutData'
  }
  if (unbounded > maxReplicas)
    return { replicas: maxReplicas, reason: 'MaxReplicas', unbounded, absent }
  if (unbounded < minReplicas)
    return { replicas: minReplicas, reason: 'MinReplicas', unbounded, absent }
  return { replicas: unbounded, reason, unbounded, absent }
}
