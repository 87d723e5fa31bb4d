import { z } from 'zod'

import { positiveQuantity } from './positive-quantity.ts'
import { label, listByKey, withRule } from './schema-node.ts'

const event = withRule(
  z.strictObject({
    name: label().describe('Name of the event, unique in the list; messages use it.'),
    start: z.iso.datetime({ offset: true }).describe('When it begins.'),
    end: z.iso.datetime({ offset: true }).describe('When it is over.'),
    demandFactor: positiveQuantity().describe(
      'How many times the usual demand is expected, such as "3".',
    ),
  }),
  {
    cel: 'self.start < self.end',
    holds: ({ start, end }) => Date.parse(start) < Date.parse(end),
    message: 'must be before end',
    field: 'start',
  },
)

export const eventsSchema = listByKey(event, 'name', 32).describe(
  'Known one-offs: the plan is raised by the factor, and no slot of them is trained on.',
)

export type KnownEvent = z.output<typeof event>
