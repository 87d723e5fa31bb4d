import { z } from 'zod'

import type { StartUpSample } from '../reconcile/ports.ts'

const VERSION = 1
const seconds = z.number().min(0).max(86_400)

const keptSchema = z.object({
  version: z.literal(VERSION),
  startUps: z
    .array(
      z.object({
        podUid: z.string().max(64),
        readyAtSeconds: z.number(),
        startUpSeconds: seconds,
        revision: z.string().max(64).default(''),
        youngNode: z.boolean().default(false),
        stages: z
          .object({
            schedulingSeconds: seconds,
            imageSeconds: seconds,
            applicationSeconds: seconds,
          })
          .nullable()
          .default(null),
      }),
    )
    .max(1000),
})

/** Start-ups as a text that outlives the process. */
export function startUpsText(startUps: readonly StartUpSample[]): string {
  return JSON.stringify({ version: VERSION, startUps })
}

/** The same back; what cannot be read, or another version wrote, counts as absent. Never throws. */
export function parseStartUps(text: string): StartUpSample[] {
  try {
    return keptSchema.parse(JSON.parse(text)).startUps
  } catch {
    return []
  }
}
