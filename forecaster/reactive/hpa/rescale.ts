import { type Condition, withCondition, withoutCondition } from './conditions.ts'
import { hasWorkloadMetric } from './hpa-spec.ts'
import { withChange } from './memory.ts'
import type { Reconciled, SyncInput } from './sync.ts'

/** Writes replicas to the scale, or not where the API server refuses, and remembers the change. */
export function rescale(
  input: SyncInput,
  before: Reconciled,
  current: number,
  replicas: number,
  reason: string,
): Reconciled {
  const { settings, spec, writeRefusal, nowSeconds } = input
  if (writeRefusal !== null) {
    const message = `the HPA controller was unable to update the target scale: ${writeRefusal}`
    const failed = { type: 'AbleToScale', status: 'False', reason: 'FailedUpdateScale' } as const
    return {
      ...before,
      conditions: withCondition(before.conditions, { ...failed, message }),
      rescaleReason: reason,
      error: `failed to rescale: ${writeRefusal}`,
    }
  }
  const conditions = withCondition(before.conditions, {
    type: 'AbleToScale',
    status: 'True',
    reason: 'SucceededRescale',
    message: `the HPA controller was able to update the target scale to ${replicas}`,
  })
  const zero = replicas === 0 && spec.minReplicas === 0 && hasWorkloadMetric(spec)
  return {
    ...before,
    desiredReplicas: replicas,
    conditions: settings.features.scaleToZero
      ? withCondition(conditions, zero ? SCALED_TO_ZERO : NOT_SCALED_TO_ZERO)
      : withoutCondition(conditions, 'ScaledToZero'),
    written: replicas,
    rescaleReason: reason,
    memory: withChange(before.memory, spec.behavior, replicas - current, nowSeconds),
  }
}

const SCALED_TO_ZERO: Condition = {
  type: 'ScaledToZero',
  status: 'True',
  reason: 'ScaledToZero',
  message: 'the HPA controller scaled the workload to zero',
}

const NOT_SCALED_TO_ZERO: Condition = {
  type: 'ScaledToZero',
  status: 'False',
  reason: 'NotScaledToZero',
  message: 'the HPA controller did not scale the workload to zero',
}
