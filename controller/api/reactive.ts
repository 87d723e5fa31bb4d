import { z } from 'zod'

import { wholeNumber } from './schema-node.ts'

/** What the HPA's own schema says is not repeated: the API server checks it when the HPA is created. */
const metric = z
  .looseObject({
    type: z
      .enum(['Resource', 'ContainerResource', 'Pods', 'Object', 'External'])
      .describe('As in autoscaling/v2; the fields beside it too.'),
  })
  .meta({ 'x-kubernetes-preserve-unknown-fields': true })

const guard = z
  .strictObject({
    metric: z.enum(['cpu', 'memory']).describe('The HPA resource metric whose target is moved.'),
    averageUtilization: wholeNumber(1, 1000).describe(
      "Target, in per cent of the pods' request, while Foresail is sure. Never below the HPA's own.",
    ),
  })
  .describe('Mode Auto only: the one target of the HPA that is raised while Foresail is sure.')

export const reactiveSchema = z
  .strictObject({
    metrics: z
      .array(metric)
      .max(16)
      .default([])
      .describe(
        'Metrics of the HPA that Foresail creates (autoscaling/v2). Without any: each resource of demand, at 70 % of its capacity.',
      ),
    guard: guard.optional(),
  })
  .prefault({})
  .describe('The HPA beneath, which reacts to what was not foreseen.')
