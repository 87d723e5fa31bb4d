import type { PredictiveScalerSpec } from '../api/spec.ts'
import type { HpaView } from './ports.ts'

export interface WantedInput {
  spec: PredictiveScalerSpec
  hpa: HpaView
  /** The decision in force; null while there is none: no history yet, or none to be read. */
  replicas: number | null
  /** Decided from a fresh, whole sample with the pods known: only then is anything lowered or trusted. */
  sure: boolean
  /** False while new pods find no node: then more of them are not asked for. */
  mayRaise: boolean
  /** Whether the forecast leads: where reacting is cheaper, the HPA keeps the user's own target. */
  trusted: boolean
  /** Foresail has written this HPA before and not given it back. */
  held: boolean
  /** The samples are gone for so long that the day-ahead plan has run out too. */
  planExpired: boolean
}

/** What is to stand in the HPA. */
export interface Wanted {
  minReplicas: number
  /** undefined leaves the metrics of the HPA as the user has them. */
  guardUtilization: number | undefined
}

/** From decision and mode to the fields of the HPA; null when nothing is to be written. */
export function wantedOf(input: WantedInput): Wanted | null {
  const { spec, hpa, replicas } = input
  if (spec.mode === 'Observe' || (replicas === null && !input.held)) return null
  const own = hpa.original.minReplicas
  // Nothing is known any more: the HPA takes over, if it can see its own metrics (architecture: Doubt).
  if (input.planExpired && hpa.scalingActive === true) {
    return { minReplicas: own, guardUtilization: hpa.original.guardUtilization }
  }
  // A floor is also all there is while the HPA itself cannot see its metrics.
  const raisesOnly = spec.mode === 'ScaleUpOnly' && spec.actuator.type === 'Scale'
  const mayLower = input.sure && replicas !== null && hpa.scalingActive !== false && !raisesOnly
  const wanted = Math.max(replicas ?? own, own)
  const floor = input.mayRaise ? wanted : Math.min(wanted, Math.max(hpa.minReplicas, own))
  const minReplicas = Math.min(mayLower ? floor : Math.max(floor, hpa.minReplicas), hpa.maxReplicas)
  return { minReplicas, guardUtilization: guardOf(input) }
}

/** The guard's target: raised in Auto while sure of a forecast that leads; never below the user's own. */
function guardOf({ spec, hpa, sure, trusted }: WantedInput): number | undefined {
  const own = hpa.original.guardUtilization
  const { guard } = spec.reactive
  if (spec.mode !== 'Auto' || guard === undefined || own === undefined) return own
  return sure && trusted ? Math.max(own, guard.averageUtilization) : own
}
