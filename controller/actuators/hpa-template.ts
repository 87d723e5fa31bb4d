import { createHash } from 'node:crypto'

import { quantityValue } from '../api/positive-quantity.ts'
import type { PredictiveScaler } from '../api/schema.ts'

/** Where people say nothing else, an HPA aims at this share of what a replica can carry. */
const USUAL_SHARE = 0.7

/** Says which spec a created HPA was last made from. */
export const TEMPLATE_ANNOTATION = 'foresail.dev/template'

/** The part of an HPA's spec that follows the scaler's; minReplicas is moved, and so stands apart. */
export interface HpaTemplate {
  scaleTargetRef: object
  maxReplicas: number
  metrics: object[]
  behavior?: object
}

/** The HPA that a scaler without `actuator.name` asks for. */
export function hpaTemplate({ spec }: PredictiveScaler, maxReplicas: number): HpaTemplate {
  const { scaleUp, scaleDown } = spec.behavior
  const behavior = { ...(scaleUp && { scaleUp }), scaleDown }
  return {
    scaleTargetRef: spec.scaleTargetRef,
    maxReplicas,
    metrics: spec.reactive.metrics.length > 0 ? spec.reactive.metrics : metricsOf(spec),
    behavior,
  }
}

/** A short text that changes with the template. */
export function templateHash(template: HpaTemplate): string {
  return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 16)
}

/** Each resource of demand, at 70 % of its capacity. */
function metricsOf({ demand }: PredictiveScaler['spec']): object[] {
  return demand.flatMap(({ resource, capacity }) => {
    if (resource === undefined) return []
    const { averageUtilization, averageValue } = capacity
    const target =
      averageValue === undefined
        ? {
            type: 'Utilization',
            averageUtilization: Math.max(1, Math.round((averageUtilization ?? 100) * USUAL_SHARE)),
          }
        : { type: 'AverageValue', averageValue: milli(quantityValue(averageValue) * USUAL_SHARE) }
    return [{ type: 'Resource', resource: { name: resource.name, target } }]
  })
}

function milli(value: number): string {
  return `${Math.max(1, Math.round(value * 1000))}m`
}
