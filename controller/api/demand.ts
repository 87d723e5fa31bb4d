import { z } from 'zod'

import { formulaSignal } from './formula-signal.ts'
import { positiveQuantity, quantityValue } from './positive-quantity.ts'
import { prometheusQuery } from './prometheus-query.ts'
import { resourceSignal } from './resource-signal.ts'
import { label, listByKey, wholeNumber, withRule } from './schema-node.ts'

const capacity = withRule(
  z.strictObject({
    averageValue: positiveQuantity()
      .optional()
      .describe(
        'The most demand one replica can carry, in the unit of the signal. Demand above it is a violation. ' +
          'Measure it; no headroom on top.',
      ),
    averageUtilization: wholeNumber(1, 1000)
      .optional()
      .describe(
        "The same in per cent of the pods' request; only beside resource. cpu at 90 says that a pod is full at 90 % of what it requests.",
      ),
  }),
  {
    cel: 'has(self.averageValue) != has(self.averageUtilization)',
    holds: ({ averageValue, averageUtilization }) =>
      (averageValue === undefined) !== (averageUtilization === undefined),
    message: 'must have exactly one of averageValue and averageUtilization',
  },
).describe('What one replica can carry.')

const signal = withRule(
  withRule(
    z.strictObject({
      name: label().describe('Name of the signal, unique in the list; reports and metrics use it.'),
      prometheus: prometheusQuery.optional(),
      resource: resourceSignal.optional(),
      formula: formulaSignal.optional(),
      capacity,
    }),
    {
      cel: '[has(self.prometheus), has(self.resource), has(self.formula)].exists_one(x, x)',
      holds: ({ prometheus, resource, formula }) =>
        [prometheus, resource, formula].filter((kind) => kind !== undefined).length === 1,
      message: 'must have exactly one of prometheus, resource and formula',
    },
  ),
  {
    cel: 'has(self.resource) || !has(self.capacity.averageUtilization)',
    holds: ({ resource, capacity: { averageUtilization } }) =>
      resource !== undefined || averageUtilization === undefined,
    message: 'may be a share of the request only beside resource; write averageValue',
    field: 'capacity',
  },
)

export const demandSchema = listByKey(signal, 'name', 8)
  .min(1)
  .describe('Signals of load. Each is divided by its capacity; the largest need for replicas wins.')

export type DemandSignal = z.output<typeof signal>

/**
 * The most demand one replica can carry, in the unit of the signal; undefined where the spec gives it as a
 * share of the pods' request, which only the pods can tell.
 */
export function statedCapacity({ capacity }: DemandSignal): number | undefined {
  const { averageValue } = capacity
  return averageValue === undefined ? undefined : quantityValue(averageValue)
}
