import { Cron } from 'croner'
import { z } from 'zod'

import { label, listByKey, wholeNumber, withRule } from './schema-node.ts'
import { timeZone } from './time-zone.ts'

const WEEK_SECONDS = 7 * 86_400

/** Five fields of cron, as CronJobs have them. */
const cron = withRule(z.string().min(9).max(100), {
  cel: "self.matches('^[0-9A-Za-z*/,?#LW-]+( [0-9A-Za-z*/,?#LW-]+){4}$')",
  holds: isCron,
  message:
    'must be five fields of cron: minute, hour, day of month, month, day of week, such as "0 8 * * MON-FRI"',
})

/** @param replicas what a count of replicas may be */
export function boundsSchema(replicas: () => z.ZodNumber) {
  const bound = withRule(
    withRule(
      z.strictObject({
        name: label().describe('Name of the window, unique in the list; messages use it.'),
        cron: cron.describe('When the window begins, in its time zone.'),
        durationSeconds: wholeNumber(60, WEEK_SECONDS).describe(
          'How long it lasts. Seconds that really pass: a night with a change of the clocks makes it end an hour earlier or later by the clock.',
        ),
        timeZone: timeZone().default('UTC').describe('Whose clock the cron fields follow.'),
        minReplicas: replicas()
          .optional()
          .describe(
            'The floor is never below this in the window; its pods are Ready as it begins.',
          ),
        maxReplicas: replicas()
          .optional()
          .describe('In the window this stands in place of spec.maxReplicas, also above it.'),
      }),
      {
        cel: 'has(self.minReplicas) || has(self.maxReplicas)',
        holds: ({ minReplicas, maxReplicas }) =>
          minReplicas !== undefined || maxReplicas !== undefined,
        message: 'must have minReplicas, maxReplicas or both',
      },
    ),
    {
      cel: '!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas',
      holds: ({ minReplicas, maxReplicas }) =>
        minReplicas === undefined || maxReplicas === undefined || minReplicas <= maxReplicas,
      message: 'must not be more than maxReplicas',
      field: 'minReplicas',
    },
  )
  return listByKey(bound, 'name', 16).describe(
    'Time-boxed limits. Of windows that overlap the largest minReplicas and the smallest maxReplicas count; a maximum wins.',
  )
}

export type Bound = z.output<ReturnType<typeof boundsSchema>>[number]

function isCron(text: string): boolean {
  if (!/^\S+( \S+){4}$/.test(text)) return false
  try {
    return new Cron(text, { mode: '5-part', paused: true }).nextRun() !== null
  } catch {
    return false
  }
}
