import type { PredictiveScaler } from '../api/schema.ts'
import type { InvalidScaler } from '../api/stored-scaler.ts'
import type { ApiRequests } from '../kubernetes/connect.ts'
import type { FloorActuator } from '../reconcile/ports.ts'
import { createCreatedHpa } from './created-hpa.ts'
import { createHpaFloor } from './hpa-floor.ts'
import { createScaleReplicas } from './scale-replicas.ts'
import { createScaledObjectFloor } from './scaled-object.ts'

/**
 * What a scaler moves.
 *
 * @param maxReplicas the most replicas now, for an HPA that is made for it
 */
export function actuatorOf(
  api: ApiRequests,
  scaler: PredictiveScaler,
  maxReplicas: number,
): FloorActuator {
  const { metadata, spec } = scaler
  const { namespace } = metadata
  const { type, name } = spec.actuator
  const scaled = spec.scaleTargetRef
  switch (type) {
    case 'HorizontalPodAutoscaler': {
      if (name === undefined) return createCreatedHpa({ api, scaler, maxReplicas })
      const guardMetric = spec.reactive.guard?.metric
      return createHpaFloor({ api, namespace, name, scaled, guardMetric })
    }
    case 'ScaledObject':
      return createScaledObjectFloor({ api, namespace, name: name ?? '', scaled })
    case 'Scale':
      return createScaleReplicas({ api, namespace, scaled })
  }
}

/** What an object may have moved that this version cannot take: enough to give it back. */
export function actuatorOfInvalid(api: ApiRequests, scaler: InvalidScaler): FloorActuator {
  const { namespace } = scaler.metadata
  const { type, name = scaler.metadata.name } = scaler.actuator
  const { guardMetric } = scaler
  if (type === 'ScaledObject') {
    return createScaledObjectFloor({ api, namespace, name, scaled: undefined })
  }
  // /scale leaves nothing to give back, and an HPA that is not there neither.
  return createHpaFloor({ api, namespace, name, guardMetric })
}
