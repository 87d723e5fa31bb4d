import { z } from 'zod'

import { wholeNumber } from './schema-node.ts'

const MAX_INT32 = 2 ** 31 - 1

const policies = z
  .array(
    z.strictObject({
      type: z.enum(['Pods', 'Percent']).describe('What value counts.'),
      value: wholeNumber(1, MAX_INT32).describe('The most that may change in a period.'),
      periodSeconds: wholeNumber(1, 1800).describe('The period.'),
    }),
  )
  .min(1)
  .max(16)
  .optional()
  .describe('How fast, as in the HPA.')

const selectPolicy = z
  .enum(['Max', 'Min', 'Disabled'])
  .optional()
  .describe('Which policy counts, as in the HPA.')

const scaleUp = z
  .strictObject({
    stabilizationWindowSeconds: wholeNumber(0, 3600)
      .optional()
      .describe('Seconds for which the HPA looks back before it raises.'),
    selectPolicy,
    policies,
  })
  .optional()
  .describe('How the HPA that Foresail creates, or the reactive part of /scale, raises.')

const scaleDown = z
  .strictObject({
    stabilizationWindowSeconds: wholeNumber(0, 3600)
      .default(300)
      .describe("Seconds for which the floor's maximum is held before it falls."),
    selectPolicy,
    policies,
  })
  .prefault({})
  .describe('How the floor falls; policies as scaleUp.')

export const behaviorSchema = z
  .strictObject({ scaleUp, scaleDown })
  .prefault({})
  .describe("How replicas move, in the HPA's words and type.")
