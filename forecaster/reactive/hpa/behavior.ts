/** One limit on how far replicas may move within a period. */
export interface ScalingPolicy {
  type: 'Pods' | 'Percent'
  value: number
  periodSeconds: number
}

export interface ScalingRules {
  /** Null for the controller's own scale-down window. */
  stabilizationWindowSeconds: number | null
  selectPolicy: 'Max' | 'Min' | 'Disabled'
  policies: readonly ScalingPolicy[]
  /** Null for the controller's own. */
  tolerance: number | null
}

/** spec.behavior, with nothing left out. */
export interface Behavior {
  scaleUp: ScalingRules
  scaleDown: ScalingRules
}

const DEFAULT_UP: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
  tolerance: null,
}

const DEFAULT_DOWN: ScalingRules = {
  stabilizationWindowSeconds: null,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  tolerance: null,
}

/** What people write: all may be left out. */
export type WrittenRules = {
  [Field in keyof ScalingRules]?: ScalingRules[Field] | null | undefined
}

/** spec.behavior as the API server completes it, field by field, each half by itself. */
export function completeBehavior(
  scaleUp: WrittenRules | null | undefined,
  scaleDown: WrittenRules | null | undefined,
): Behavior {
  return { scaleUp: complete(scaleUp, DEFAULT_UP), scaleDown: complete(scaleDown, DEFAULT_DOWN) }
}

function complete(written: WrittenRules | null | undefined, defaults: ScalingRules): ScalingRules {
  return {
    stabilizationWindowSeconds:
      written?.stabilizationWindowSeconds ?? defaults.stabilizationWindowSeconds,
    selectPolicy: written?.selectPolicy ?? defaults.selectPolicy,
    policies: written?.policies ?? defaults.policies,
    tolerance: written?.tolerance ?? defaults.tolerance,
  }
}
