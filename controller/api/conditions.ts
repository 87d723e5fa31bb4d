import { z } from 'zod'

import type { ConditionReason } from './reasons.ts'
import { listByKey } from './schema-node.ts'

/** Every condition of a PredictiveScaler; all are set on first sight. */
export const CONDITION_TYPES = [
  'Ready',
  'HistoryAvailable',
  'Predictable',
  'TargetScalable',
  'ScalingLimited',
  'FallbackActive',
  'Paused',
] as const

export type ConditionType = (typeof CONDITION_TYPES)[number]

/** metav1.Condition, to its limits. Types are open: another version may know more of them. */
const condition = z.object({
  type: z
    .string()
    .max(316)
    .describe(`One of ${CONDITION_TYPES.join(', ')}.`),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds.'),
  reason: z.string().min(1).max(1024).describe('One word for why; the same words index the help.'),
  message: z.string().max(32768).describe('One sentence for people.'),
  lastTransitionTime: z.iso.datetime({ offset: true }).describe('When the status last changed.'),
  observedGeneration: z.int().min(0).optional().describe('Generation of the spec it speaks of.'),
})

export type Condition = z.output<typeof condition>

export const conditionsSchema = listByKey(condition, 'type', 16).describe('What holds, and why.')

/** What is to be said about one condition now. */
export interface Statement {
  type: ConditionType
  status: Condition['status']
  reason: ConditionReason
  message: string
  observedGeneration: number | undefined
}

/**
 * The list with one condition set; the argument stays as it is. `lastTransitionTime` moves only when
 * the status changes, and a statement that changes nothing returns the same list.
 *
 * @param nowIso RFC 3339
 */
export function setCondition(
  list: readonly Condition[],
  statement: Statement,
  nowIso: string,
): readonly Condition[] {
  const { type, status, reason, message, observedGeneration } = statement
  const before = findCondition(list, type)
  const same =
    before?.status === status &&
    before.reason === reason &&
    before.message === message &&
    before.observedGeneration === observedGeneration
  if (same) return list
  const after: Condition = {
    type,
    status,
    reason,
    message,
    lastTransitionTime: before?.status === status ? before.lastTransitionTime : nowIso,
    ...(observedGeneration !== undefined && { observedGeneration }),
  }
  return before === undefined
    ? [...list, after]
    : list.map((condition) => (condition === before ? after : condition))
}

export function findCondition(
  list: readonly Condition[],
  type: ConditionType,
): Condition | undefined {
  return list.find((condition) => condition.type === type)
}
