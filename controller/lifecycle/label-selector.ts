import { z } from 'zod'

/** metav1.LabelSelector, as workloads carry it. */
export const labelSelectorSchema = z.object({
  matchLabels: z.record(z.string(), z.string()).default({}),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).default([]),
      }),
    )
    .default([]),
})

export type LabelSelector = z.output<typeof labelSelectorSchema>

/** Whether labels fit a selector, by the rules of Kubernetes: NotIn also fits a label that is not there. */
export function selects(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  const matches = Object.entries(selector.matchLabels).every(
    ([key, value]) => labels[key] === value,
  )
  return (
    matches &&
    selector.matchExpressions.every(({ key, operator, values }) => {
      const value = labels[key]
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value)
        case 'NotIn':
          return value === undefined || !values.includes(value)
        case 'Exists':
          return value !== undefined
        case 'DoesNotExist':
          return value === undefined
      }
    })
  )
}
