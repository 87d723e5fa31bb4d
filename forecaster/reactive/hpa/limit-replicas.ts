import type { Behavior } from './behavior.ts'
import { MAX_INT32 } from './int64.ts'
import { type ScaleEvents, scaleDownLimit, scaleUpLimit } from './scale-rate.ts'

/** What kept replicas from what was asked, in the HPA's words; DesiredWithinRange where nothing did. */
export interface Limited {
  replicas: number
  reason:
    | 'DesiredWithinRange'
    | 'ScaleUpLimit'
    | 'ScaleDownLimit'
    | 'TooManyReplicas'
    | 'TooFewReplicas'
  message: string
}

export interface Bounds {
  minReplicas: number
  maxReplicas: number
}

/** How fast replicas may grow where the HPA has no `behavior`: to the larger of both. */
export interface UpscaleLimit {
  factor: number
  minimum: number
}

const WITHIN = 'the desired count is within the acceptable range'
const TOO_FAST_UP = 'the desired replica count is increasing faster than the maximum scale rate'
const TOO_FAST_DOWN = 'the desired replica count is decreasing faster than the maximum scale rate'
const TOO_MANY = 'the desired replica count is more than the maximum replica count'
const TOO_FEW = 'the desired replica count is less than the minimum replica count'

/** The most replicas that one sync may set where the HPA has no `behavior`. */
export function upscaleLimit(current: number, { factor, minimum }: UpscaleLimit): number {
  return Math.min(Math.trunc(Math.max(factor * current, minimum)), MAX_INT32)
}

/** Without `behavior`: the minimum first, then the smaller of the maximum and the limit of growth. */
export function limitedReplicas(
  current: number,
  desired: number,
  { minReplicas, maxReplicas }: Bounds,
  limit: UpscaleLimit,
): number {
  if (desired < minReplicas) return minReplicas
  return Math.min(desired, maxReplicas, upscaleLimit(current, limit))
}

/** The same, with what limited it. */
export function limitReplicas(
  current: number,
  desired: number,
  bounds: Bounds,
  limit: UpscaleLimit,
): Limited {
  const replicas = limitedReplicas(current, desired, bounds, limit)
  if (replicas > desired) return { replicas, reason: 'TooFewReplicas', message: TOO_FEW }
  if (replicas === desired) return { replicas, reason: 'DesiredWithinRange', message: WITHIN }
  return replicas < bounds.maxReplicas
    ? { replicas, reason: 'ScaleUpLimit', message: TOO_FAST_UP }
    : { replicas, reason: 'TooManyReplicas', message: TOO_MANY }
}

/** With `behavior`: only the direction asked for is limited, by its policies and its bound. */
export function limitReplicasWithBehavior(
  current: number,
  desired: number,
  { minReplicas, maxReplicas }: Bounds,
  behavior: Behavior,
  events: ScaleEvents,
  nowSeconds: number,
): Limited {
  if (desired > current) {
    const rate = scaleUpLimit(current, events, behavior.scaleUp, nowSeconds)
    const most = Math.max(rate, current)
    if (most < maxReplicas) {
      if (desired > most) return { replicas: most, reason: 'ScaleUpLimit', message: TOO_FAST_UP }
    } else if (desired > maxReplicas) {
      return { replicas: maxReplicas, reason: 'TooManyReplicas', message: TOO_MANY }
    }
  }
  if (desired < current) {
    const rate = scaleDownLimit(current, events, behavior.scaleDown, nowSeconds)
    const least = Math.min(rate, current)
    if (least > minReplicas) {
      if (desired < least) {
        return { replicas: least, reason: 'ScaleDownLimit', message: TOO_FAST_DOWN }
      }
    } else if (desired < minReplicas) {
      return { replicas: minReplicas, reason: 'TooFewReplicas', message: TOO_FEW }
    }
  }
  return { replicas: desired, reason: 'DesiredWithinRange', message: WITHIN }
}
