import { IANAZone } from 'luxon'
import { z } from 'zod'

import { withRule } from './schema-node.ts'

/** A zone of the IANA database. */
export function timeZone() {
  return withRule(z.string().min(1).max(64), {
    // Kubernetes' own database: a zone it does not have is an error of the expression, and refused.
    cel: "timestamp('2000-01-01T00:00:00Z').getHours(self) >= 0",
    holds: (zone) => IANAZone.isValidZone(zone),
    message: 'must be a time zone such as Europe/Berlin or UTC',
  })
}
