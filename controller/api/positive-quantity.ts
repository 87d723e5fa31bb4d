import { z } from 'zod'

import { parseQuantity } from './quantity.ts'
import { withRule } from './schema-node.ts'

const WANTED = 'a quantity above 0, such as "250", "1.5" or "500m"'

/** A Kubernetes quantity above zero: text, or a whole number. */
export function positiveQuantity() {
  const written = z
    .union([z.int(), z.string().max(40)], {
      error: ({ input }) => {
        if (input === undefined || input === null) return undefined
        if (typeof input === 'number') return `must be in quotes: write "${input}"`
        return `must be ${WANTED}`
      },
    })
    .meta({ 'x-kubernetes-int-or-string': true, maxLength: 40 })
  return withRule(written, {
    // Kubernetes' own parser; comparing sees zero and negatives without a second grammar.
    cel: "isQuantity(string(self)) && quantity(string(self)).isGreaterThan(quantity('0'))",
    holds: (value) => (parseQuantity(value) ?? 0) > 0,
    message: `must be ${WANTED}`,
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
