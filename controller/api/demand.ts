import { z } from 'zod'

import { positiveQuantity, quantityValue } from './positive-quantity.ts'
import { label, listByKey } from './schema-node.ts'

const prometheus = z
  .strictObject({
    source: label()
      .default('default')
      .describe('Name of a metrics source that the operator of Foresail configured.'),
    query: z
      .string()
      .min(1)
      .max(4096)
      .describe(
        'PromQL that answers with exactly one series: the total load of the whole workload, never per pod.',
      ),
  })
  .describe('Demand as a Prometheus query.')

const capacity = z
  .strictObject({
    averageValue: positiveQuantity().describe(
      'The most demand one replica can carry, in the unit of the query. Demand above it is a violation. ' +
        'Measure it; no headroom on top.',
    ),
  })
  .describe('What one replica can carry.')

const signal = z.strictObject({
  name: label().describe('Name of the signal, unique in the list; reports and metrics use it.'),
  prometheus,
  capacity,
})

export const demandSchema = listByKey(signal, 'name', 8)
  .min(1)
  .describe('Signals of load. Each is divided by its capacity; the largest need for replicas wins.')

export type DemandSignal = z.output<typeof signal>

/** The most demand one replica can carry, in the unit of the signal's query. */
export function capacityPerReplica(signal: DemandSignal): number {
  return quantityValue(signal.capacity.averageValue)
}
