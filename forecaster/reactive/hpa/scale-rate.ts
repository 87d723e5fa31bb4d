import type { ScalingPolicy, ScalingRules } from './behavior.ts'
import { ceilToInt32, MAX_INT32, MIN_INT32, toInt32 } from './int64.ts'
import { changeWithin, type ScaleEvent } from './scale-events.ts'

/** Changes made lately, in either direction. */
export interface ScaleEvents {
  up: readonly ScaleEvent[]
  down: readonly ScaleEvent[]
}

/** The most replicas that the policies let be reached now; they may be fewer than there are. */
export function scaleUpLimit(
  current: number,
  events: ScaleEvents,
  rules: ScalingRules,
  nowSeconds: number,
): number {
  if (rules.selectPolicy === 'Disabled') return current
  const limits = rules.policies.map((policy) => {
    const base = replicasAtPeriodStart(current, events, policy, nowSeconds)
    // Rounded up: a small share of few replicas would otherwise never let anything grow.
    return policy.type === 'Pods'
      ? toInt32(base + policy.value)
      : ceilToInt32(base * (1 + policy.value / 100))
  })
  return rules.selectPolicy === 'Min' ? lowest(limits) : highest(limits)
}

/** The fewest replicas that the policies let be reached now; they may be more than there are. */
export function scaleDownLimit(
  current: number,
  events: ScaleEvents,
  rules: ScalingRules,
  nowSeconds: number,
): number {
  if (rules.selectPolicy === 'Disabled') return current
  const limits = rules.policies.map((policy) => {
    const base = replicasAtPeriodStart(current, events, policy, nowSeconds)
    return policy.type === 'Pods'
      ? toInt32(base - policy.value)
      : ceilToInt32(Math.trunc(base * (1 - policy.value / 100)))
  })
  // The smallest change leaves the most replicas.
  return rules.selectPolicy === 'Min' ? highest(limits) : lowest(limits)
}

function replicasAtPeriodStart(
  current: number,
  { up, down }: ScaleEvents,
  { periodSeconds }: ScalingPolicy,
  nowSeconds: number,
): number {
  const added = changeWithin(up, periodSeconds, nowSeconds)
  const removed = changeWithin(down, periodSeconds, nowSeconds)
  return toInt32(current - added + removed)
}

/** Without any policy nothing bounds: upstream starts from the ends of its integers. */
function highest(limits: readonly number[]): number {
  return Math.max(MIN_INT32, ...limits)
}

function lowest(limits: readonly number[]): number {
  return Math.min(MAX_INT32, ...limits)
}
