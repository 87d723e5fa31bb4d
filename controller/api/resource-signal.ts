import { z } from 'zod'

import { label } from './schema-node.ts'

/** CPU or memory that the pods use. */
export const resourceSignal = z
  .strictObject({
    name: z.enum(['cpu', 'memory']).describe('The resource, summed over the Ready pods.'),
    source: label()
      .default('default')
      .describe(
        'Metrics source with the series of cAdvisor and kube-state-metrics, for the history.',
      ),
  })
  .describe(
    'Demand as what the Ready pods use. Pods that are saturated hide demand: such slots never train.',
  )

export type ResourceSignal = z.output<typeof resourceSignal>
