/** Condition of an HPA, as its status carries it. */
export interface Condition {
  type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited' | 'ScaledToZero'
  status: 'True' | 'False'
  reason: string
  message: string
}

/** The list with one condition replaced, or added at its end. */
export function withCondition(
  conditions: readonly Condition[],
  condition: Condition,
): readonly Condition[] {
  const index = conditions.findIndex(({ type }) => type === condition.type)
  return index < 0 ? [...conditions, condition] : conditions.with(index, condition)
}

export function withoutCondition(
  conditions: readonly Condition[],
  type: Condition['type'],
): readonly Condition[] {
  return conditions.filter((condition) => condition.type !== type)
}
