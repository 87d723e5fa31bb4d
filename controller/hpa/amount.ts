import { z } from 'zod'

import type { Int64 } from '../../forecaster/reactive/hpa/int64.ts'
import { doubleOfNanos, milliOfNanos, parseNanos } from '../../forecaster/reactive/hpa/quantity.ts'

const EXAMPLES = 'such as "250", "1.5", "500m" or "2Ki"'

/** A Kubernetes quantity as the HPA reads it: in thousandths. */
export const amount = quantity().transform((nanos, context): Int64 => {
  const milli = milliOfNanos(nanos)
  if (milli !== undefined) return milli
  context.addIssue('is more than the HPA can compute with: write at most "9223372036854775"')
  return z.NEVER
})

/** One that is above zero, as targets are. */
export const positiveAmount = amount.refine((milli) => milli > 0, 'must be positive')

/** Usage and requests. */
export const amountFromZero = amount.refine(
  (milli) => milli >= 0,
  'must be greater than or equal to 0',
)

/** A share of the target, as the controller turns it into a double. */
export const toleranceShare = quantity()
  .refine((nanos) => nanos >= 0n, 'must be greater than or equal to 0')
  .transform(doubleOfNanos)

function quantity() {
  return z.union([z.string(), z.number()]).transform((written, context): bigint => {
    const nanos = parseNanos(String(written).trim())
    if (nanos !== undefined) return nanos
    const shown = String(written).slice(0, 40)
    context.addIssue(`must be a quantity ${EXAMPLES}, not ${JSON.stringify(shown)}`)
    return z.NEVER
  })
}
