import { z } from 'zod'

import { label } from './schema-node.ts'

/** A PromQL query and who answers it. */
export const prometheusQuery = z
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

export type PrometheusQuery = z.output<typeof prometheusQuery>
