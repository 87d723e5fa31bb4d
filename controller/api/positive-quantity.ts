import { z } from 'zod'

import { parseQuantity } from './quantity.ts'
import { withRule } from './schema-node.ts'

const EXAMPLES = 'write a quantity such as "250", "1.5" or "500m"'

/** A Kubernetes quantity above zero: text, or a whole number. */
export function positiveQuantity() {
  const written = z
    .union([z.int(), z.string().max(40)], {
      error: (issue) =>
        typeof issue.input === 'number'
          ? `must be in quotes: write "${issue.input}"`
          : typeof issue.input === 'string'
            ? `is too long; ${EXAMPLES}`
            : undefined,
    })
    .meta({ 'x-kubernetes-int-or-string': true, maxLength: 40 })
  return withRule(written, {
    // Kubernetes' own parser; comparing sees zero and negatives without a second grammar.
    cel: "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
    holds: (value) => (parseQuantity(value) ?? 0) > 0,
    message: `must be more than 0; ${EXAMPLES}`,
  })
}

/**
 * The number behind a quantity that the schema has let through.
 *
 * @throws RangeError when it never went through the schema
 */
export function quantityValue(written: string | number): number {
  const value = parseQuantity(written)
  if (value === undefined) throw new RangeError(`not a quantity: ${written}`)
  return value
}
