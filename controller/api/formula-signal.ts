import { z } from 'zod'

import { prometheusQuery } from './prometheus-query.ts'
import { listByKey, withRule } from './schema-node.ts'

const variable = z.strictObject({
  name: withRule(z.string().min(1).max(32), {
    cel: "self.matches('^[a-z][a-zA-Z0-9_]*$')",
    holds: (text) => /^[a-z][a-zA-Z0-9_]*$/.test(text),
    message: 'must be a lower-case letter, followed by letters, digits and "_"',
  }).describe('Name of the variable in the expression.'),
  prometheus: prometheusQuery,
})

/** Demand computed from several queries. */
export const formulaSignal = z
  .strictObject({
    expression: z
      .string()
      .min(1)
      .max(1024)
      .describe(
        'Arithmetic over the variables: numbers, + - * / ^ and parentheses, min, max, abs, sqrt, ceil, floor and round. Such as `requests + 4 * uploads`.',
      ),
    variables: listByKey(variable, 'name', 8).min(1).describe('What the expression reads.'),
  })
  .describe('Demand computed from several queries; a variable that is missing makes it unknown.')

export type FormulaSignal = z.output<typeof formulaSignal>
