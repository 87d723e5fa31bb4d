import { type Condition, withCondition, withoutCondition } from './conditions.ts'
import { type ControllerSettings, toleranceOf } from './controller-settings.ts'
import { type Failure, isFailure } from './failure.ts'
import { hasWorkloadMetric, type Scale } from './hpa-spec.ts'
import { normalize } from './normalize.ts'
import { type Proposed, propose } from './propose.ts'
import { rescale } from './rescale.ts'
import type { Reconciled, SyncInput } from './sync.ts'

/** One sync of the HPA controller. */
export function reconcile(input: SyncInput): Reconciled {
  const { spec, status, scale, settings, nowSeconds } = input
  const untouched: Reconciled = {
    desiredReplicas: status.desiredReplicas,
    conditions: status.conditions,
    written: null,
    rescaleReason: '',
    proposed: null,
    normalized: null,
    error: null,
    memory: input.memory,
  }
  if (isFailure(scale)) return withoutScale(untouched, scale)
  const current = scale.specReplicas
  const recommendations = input.memory.recommendations ?? [
    { replicas: current, atSeconds: nowSeconds },
  ]
  const started: Reconciled = {
    ...untouched,
    conditions: withCondition(status.conditions, {
      type: 'AbleToScale',
      status: 'True',
      reason: 'SucceededGetScale',
      message: "the HPA controller was able to get the target's current scale",
    }),
    memory: { ...input.memory, recommendations },
  }
  const { minReplicas, maxReplicas } = spec
  if (current === 0) {
    const scaledToZero = settings.features.scaleToZero && isScaledToZero(status.conditions)
    if (scaledToZero && (minReplicas !== 0 || hasWorkloadMetric(spec))) {
      return followMetrics(input, started, scale)
    }
    return disabled(started, settings)
  }
  if (current > maxReplicas) {
    const why = 'Current number of replicas above Spec.MaxReplicas'
    return rescale(input, started, current, maxReplicas, why)
  }
  if (current < minReplicas) {
    const why = 'Current number of replicas below Spec.MinReplicas'
    return rescale(input, started, current, minReplicas, why)
  }
  return followMetrics(input, started, scale)
}

function withoutScale(untouched: Reconciled, { failure }: Failure): Reconciled {
  return {
    ...untouched,
    conditions: withCondition(untouched.conditions, {
      type: 'AbleToScale',
      status: 'False',
      reason: 'FailedGetScale',
      message: `the HPA controller was unable to get the target's current scale: ${failure}`,
    }),
    error: `failed to query scale subresource: ${failure}`,
  }
}

/** Scaled to 0 by someone else: the HPA leaves it there. */
function disabled(started: Reconciled, settings: ControllerSettings): Reconciled {
  const conditions = withCondition(started.conditions, {
    type: 'ScalingActive',
    status: 'False',
    reason: 'ScalingDisabled',
    message: 'scaling is disabled since the replica count of the target is zero',
  })
  const { scaleToZero } = settings.features
  return {
    ...started,
    desiredReplicas: 0,
    conditions: scaleToZero ? conditions : withoutCondition(conditions, 'ScaledToZero'),
  }
}

function followMetrics(input: SyncInput, started: Reconciled, scale: Scale): Reconciled {
  const { spec, settings, nowSeconds } = input
  const current = scale.specReplicas
  const refused = refusedSelector(input, scale)
  if (refused !== null) {
    const conditions = withCondition(started.conditions, refused.scalingActive)
    return { ...started, conditions, error: failedMetrics(refused.failure) }
  }
  const proposed = propose(spec.metrics, input.samples, {
    ...settings,
    ...{ namespace: spec.namespace, pods: input.pods, nowSeconds },
    ...{ specReplicas: current, statusReplicas: scale.statusReplicas },
    tolerance: toleranceOf(spec.behavior, settings),
    podLevelResources: settings.features.podLevelResources,
  })
  const told: Reconciled = {
    ...started,
    conditions: withCondition(started.conditions, proposed.scalingActive),
    proposed,
    error: proposed.error,
  }
  if (proposed.replicas === null) return { ...told, error: failedMetrics(proposed.error) }
  const desired = Math.max(0, proposed.replicas)
  const normalized = normalize({
    ...{ current, desired, bounds: spec, behavior: spec.behavior },
    ...{ memory: started.memory, settings, nowSeconds },
  })
  const { recommendations, ableToScale, scalingLimited, limited } = normalized
  const followed: Reconciled = {
    ...told,
    conditions: withCondition(withCondition(told.conditions, ableToScale), scalingLimited),
    normalized,
    memory: { ...started.memory, recommendations },
  }
  // From 0, where the rate limit may lie below the minimum.
  const replicas = current === 0 ? Math.max(limited.replicas, spec.minReplicas) : limited.replicas
  if (replicas === current) return { ...followed, desiredReplicas: current }
  return rescale(input, followed, current, replicas, rescaleReason(proposed, desired, current))
}

function rescaleReason({ metric }: Proposed, desired: number, current: number): string {
  if (desired > current) return `${metric} above target`
  if (desired < current) return 'All metrics below target'
  return current === 0 ? 'Current number of replicas below Spec.MinReplicas' : ''
}

function failedMetrics(why: string | null): string {
  return `failed to compute desired number of replicas based on listed metrics: ${why ?? ''}`
}

/** Why the pods cannot be told, as upstream has it; null where they can. */
function refusedSelector({ selectingHpas }: SyncInput, { selector }: Scale) {
  const refuse = (reason: string, message: string, failure: string = message) => {
    const scalingActive = { type: 'ScalingActive', status: 'False', reason, message } as const
    return { scalingActive, failure }
  }
  if (isFailure(selector)) {
    return selector.kind === 'missing'
      ? refuse('InvalidSelector', "the HPA target's scale is missing a selector", selector.failure)
      : refuse('InvalidSelector', selector.failure)
  }
  if (selectingHpas.length <= 1) return null
  const names = selectingHpas.join(' ')
  const message = `pods by selector ${selector} are controlled by multiple HPAs: [${names}]`
  return refuse('AmbiguousSelector', message)
}

function isScaledToZero(conditions: readonly Condition[]): boolean {
  return conditions.some(({ type, status }) => type === 'ScaledToZero' && status === 'True')
}
