import { type Decision, decide } from '../../forecaster/decide/decide.ts'
import { plannedAt, type StoredPlan } from './stored-plan.ts'

export interface PlanOnlyInput {
  plan: StoredPlan
  nowMs: number
  /** From asking for a replica until it is Ready. */
  leadSeconds: number
  /** What stands: the floor as it is found. */
  standing: number
  minReplicas: number
  maxReplicas: number
  /** Who reacts to demand as it is now: nobody can, or an HPA beneath. */
  reactive: 'NoFreshData' | 'LeftToHpa'
}

/**
 * The decision while there is no workload to ask: restarted, and its history cannot be read. The larger of
 * what stands and the stored plan (architecture: Doubt); nothing here is fresh, so nothing falls.
 */
export function decideFromPlan(input: PlanOnlyInput): Decision {
  const replicas = plannedAt(input.plan, input.nowMs + input.leadSeconds * 1000)
  return decide({
    predicted:
      replicas === null ? { kind: 'absent', why: 'NoForecast' } : { kind: 'known', replicas },
    reactive: { kind: 'absent', why: input.reactive },
    fresh: false,
    standing: input.standing,
    minReplicas: input.minReplicas,
    maxReplicas: input.maxReplicas,
  })
}
