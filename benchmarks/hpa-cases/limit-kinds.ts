/** Kinds of cases about limits: windows, rates and what they remember. */
import { completeBehavior } from '../../forecaster/reactive/hpa/behavior.ts'
import {
  limitReplicas,
  limitReplicasWithBehavior,
} from '../../forecaster/reactive/hpa/limit-replicas.ts'
import { changeWithin, storeScaleEvent } from '../../forecaster/reactive/hpa/scale-events.ts'
import { scaleDownLimit, scaleUpLimit } from '../../forecaster/reactive/hpa/scale-rate.ts'
import { stabilize, stabilizeWithBehavior } from '../../forecaster/reactive/hpa/stabilize.ts'
import type { Got } from './case-file.ts'
import {
  type CaseEvent,
  type CaseRecommendation,
  type CaseRules,
  NOW_SECONDS,
  readEvents,
  readRecommendations,
  readRules,
} from './inputs.ts'

interface Bounded {
  currentReplicas: number
  desiredReplicas: number
  minReplicas: number
  maxReplicas: number
}

/** convertDesiredReplicasWithRules */
export function limitWithoutBehavior(
  inputs: Bounded & { scaleUpLimitFactor: number; scaleUpLimitMinimum: number },
): Got {
  const { currentReplicas, desiredReplicas, scaleUpLimitFactor, scaleUpLimitMinimum } = inputs
  const limit = { factor: scaleUpLimitFactor, minimum: scaleUpLimitMinimum }
  const { replicas, reason } = limitReplicas(currentReplicas, desiredReplicas, inputs, limit)
  return { replicas, reason }
}

interface Events {
  upEvents?: readonly CaseEvent[] | null
  downEvents?: readonly CaseEvent[] | null
}

/** calculateScaleUpLimitWithScalingRules, calculateScaleDownLimitWithBehaviors */
export function scaleLimit(
  inputs: Events & { direction: 'up' | 'down'; currentReplicas: number; rules: CaseRules },
): Got {
  const { direction, currentReplicas } = inputs
  const limitOf = direction === 'up' ? scaleUpLimit : scaleDownLimit
  const rules = readRules(inputs.rules, direction)
  return { limit: limitOf(currentReplicas, eventsOf(inputs), rules, NOW_SECONDS) }
}

/** stabilizeRecommendation */
export function stabilizeWithout(inputs: {
  windowS: number
  recommendations: readonly CaseRecommendation[]
  desiredReplicas: number
}): Got {
  const { windowS, recommendations, desiredReplicas } = inputs
  const recent = readRecommendations(recommendations)
  const stabilized = stabilize(recent, desiredReplicas, windowS, NOW_SECONDS)
  return { replicas: stabilized.replicas, storedCount: stabilized.recommendations.length }
}

/** convertDesiredReplicasWithBehaviorRate */
export function behaviorRate(
  inputs: Bounded & Events & { scaleUp: CaseRules; scaleDown: CaseRules },
): Got {
  const { replicas, reason } = limitReplicasWithBehavior(
    inputs.currentReplicas,
    inputs.desiredReplicas,
    inputs,
    completeBehavior(inputs.scaleUp, inputs.scaleDown),
    eventsOf(inputs),
    NOW_SECONDS,
  )
  return { replicas, reason }
}

/** storeScaleEvent; without rules the HPA has no behavior, and nothing is stored. */
export function storeEvent(inputs: {
  change: number
  rules: CaseRules
  previous: readonly CaseEvent[]
}): Got {
  const previous = readEvents(inputs.previous)
  const stored =
    inputs.rules == null
      ? previous
      : storeScaleEvent(previous, readRules(inputs.rules, 'up'), inputs.change, NOW_SECONDS)
  return {
    sumLast60s: changeWithin(previous, 60, NOW_SECONDS),
    stored: stored.map(({ change, outdated }) => ({ change, outdated })),
  }
}

/** stabilizeRecommendationWithBehaviors */
export function stabilizeWith(inputs: {
  recommendations: readonly CaseRecommendation[]
  currentReplicas: number
  desiredReplicas: number
  scaleUpWindowS: number
  scaleDownWindowS: number
}): Got {
  const { replicas, recommendations } = stabilizeWithBehavior(
    readRecommendations(inputs.recommendations),
    inputs.currentReplicas,
    inputs.desiredReplicas,
    { upSeconds: inputs.scaleUpWindowS, downSeconds: inputs.scaleDownWindowS },
    NOW_SECONDS,
  )
  return { replicas, storedReplicas: recommendations.map((one) => one.replicas) }
}

function eventsOf({ upEvents, downEvents }: Events) {
  return { up: readEvents(upEvents), down: readEvents(downEvents) }
}
