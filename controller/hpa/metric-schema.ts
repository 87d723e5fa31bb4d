import { z } from 'zod'

import { wholeNumber } from '../api/schema-node.ts'
import { labelSelectorSchema } from '../lifecycle/label-selector.ts'
import { positiveAmount } from './amount.ts'

const MAX_INT32 = 2 ** 31 - 1

/** What becomes a segment of a path in the API. */
export const pathSegment = z
  .string()
  .min(1)
  .refine((name) => name !== '.' && name !== '..' && !/[/%]/.test(name), {
    message: `may not be "." or "..", nor contain "/" or "%"`,
  })

const target = z.strictObject({
  type: z.enum(['Utilization', 'Value', 'AverageValue']),
  averageUtilization: wholeNumber(1, MAX_INT32).optional(),
  averageValue: positiveAmount.optional(),
  value: positiveAmount.optional(),
})

type Target = z.output<typeof target>

/** One of the two, where the API server says of either that it is missing or too many. */
function either(first: keyof Target, second: keyof Target, bothForbidden: boolean) {
  return (source: { target: Target }, context: z.core.$RefinementCtx) => {
    const [a, b] = [source.target[first], source.target[second]]
    const complain = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: ['target', field], message })
    }
    if (a === undefined && b === undefined) {
      complain(first, `is required, or ${second}: one of them must be set`)
    }
    if (bothForbidden && a !== undefined && b !== undefined) {
      complain(second, `may not be set beside ${first}: remove one of them`)
    }
  }
}

const metric = z.strictObject({ name: pathSegment, selector: labelSelectorSchema.optional() })

const sources = {
  resource: z
    .strictObject({ name: z.string().min(1), target })
    .superRefine(either('averageUtilization', 'averageValue', true)),
  containerResource: z
    .strictObject({
      name: z.string().refine(isContainerResource, {
        message: 'must be a resource of containers: cpu, memory, ephemeral-storage, hugepages-SIZE',
      }),
      container: z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
        message: 'must be lower-case letters, digits and "-", with a letter or digit at both ends',
      }),
      target,
    })
    .superRefine(either('averageUtilization', 'averageValue', true)),
  pods: z.strictObject({ metric, target }).superRefine(({ target: { averageValue } }, context) => {
    if (averageValue !== undefined) return
    const path = ['target', 'averageValue']
    context.addIssue({ code: 'custom', path, message: 'is required: a positive target per pod' })
  }),
  object: z
    .strictObject({
      describedObject: z.strictObject({
        apiVersion: z.string().optional(),
        kind: pathSegment,
        name: pathSegment,
      }),
      metric,
      target,
    })
    .superRefine(either('averageValue', 'value', false)),
  external: z.strictObject({ metric, target }).superRefine(either('averageValue', 'value', true)),
}

type SourceField = keyof typeof sources

/** The field that each type of metric needs, and the only one it may have. */
const FIELD = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
} as const satisfies Record<string, SourceField>

/** One entry of spec.metrics, as the API server takes it. */
export const metricSchema = z
  .strictObject({
    type: z.enum(['Resource', 'ContainerResource', 'Pods', 'Object', 'External']),
    resource: sources.resource.optional(),
    containerResource: sources.containerResource.optional(),
    pods: sources.pods.optional(),
    object: sources.object.optional(),
    external: sources.external.optional(),
  })
  .superRefine((entry, context) => {
    const wanted = FIELD[entry.type]
    if (entry[wanted] === undefined) {
      const message = `is required: a metric of type ${entry.type} is described there`
      context.addIssue({ code: 'custom', path: [wanted], message })
    }
    for (const field of Object.values(FIELD)) {
      if (field === wanted || entry[field] === undefined) continue
      const message = `must not be set: a metric of type ${entry.type} has ${wanted} only`
      context.addIssue({ code: 'custom', path: [field], message })
    }
  })

export type ManifestMetric = z.output<typeof metricSchema>

function isContainerResource(name: string): boolean {
  return (
    ['cpu', 'memory', 'ephemeral-storage'].includes(name) ||
    /^hugepages-./.test(name) ||
    /^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/.test(name)
  )
}
