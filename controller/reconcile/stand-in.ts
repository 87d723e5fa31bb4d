import type { Decision } from '../../forecaster/decide/decide.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { decideFromPlan } from './decide-from-plan.ts'
import type { ScalerMemory } from './memory.ts'
import type { HpaView } from './ports.ts'

/** Without any plan a floor is held for as long as one would have reached. */
const WITHOUT_PLAN_MS = 24 * 3600_000

/** What takes the place of a workload that is not there: the history was not read yet, or cannot be. */
export interface StandIn {
  /** From the stored plan; null where none is in force. */
  decision: Decision | null
  /** The history was asked for in vain for longer than spec.fallback.afterSeconds. */
  failing: boolean
  /** It fails, and no plan holds any more. */
  expired: boolean
}

/** Pure. */
export function standInOf(input: {
  scaler: PredictiveScaler
  memory: Pick<ScalerMemory, 'kept' | 'notLiveSinceMs'>
  hpa: HpaView
  leadSteps: number
  nowMs: number
}): StandIn {
  const { scaler, memory, hpa, leadSteps, nowMs } = input
  const { spec } = scaler
  const { notLiveSinceMs } = memory
  const plan = memory.kept?.plan ?? null
  const inForce = plan !== null && nowMs < Date.parse(plan.expiresAt)
  const failedForMs = notLiveSinceMs === null ? -Infinity : nowMs - notLiveSinceMs
  const failing = failedForMs > spec.fallback.afterSeconds * 1000
  const decision = inForce
    ? decideFromPlan({ plan, spec, nowMs, leadSteps, standing: hpa.minReplicas })
    : null
  const held = plan === null && failedForMs <= WITHOUT_PLAN_MS
  return { decision, failing, expired: failing && !inForce && !held }
}
