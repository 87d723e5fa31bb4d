import { z } from 'zod'

import type { HighestLoad, StartUpSample } from '../reconcile/ports.ts'

const VERSION = 1
/** What is read back at most; more than is ever written. */
const MOST_ROWS = 1000

const seconds = z.number().min(0).max(86_400)
const text = z.string().max(64)

/** One start-up a row: as objects, 200 of them would be three times as long. */
const row = z.tuple([
  text.describe('uid of the pod'),
  z.number().describe('when it was first Ready'),
  seconds.describe('creation to Ready'),
  z.int().min(0).describe('index into revisions'),
  z.union([z.literal(0), z.literal(1)]).describe('1 on a young node'),
  seconds.nullable().describe('scheduling'),
  seconds.nullable().describe('image'),
  seconds.nullable().describe('application'),
])

const keptSchema = z.object({
  version: z.literal(VERSION),
  revisions: z.array(z.string().max(253)).max(MOST_ROWS),
  startUps: z.array(row).max(MOST_ROWS),
  highestLoads: z
    .array(
      z.object({
        signal: text,
        fingerprint: text,
        value: z.number().positive(),
        capacity: z.number().positive().nullable(),
        atSeconds: z.number(),
      }),
    )
    .max(64)
    .default([]),
})

/** What the pods of a workload taught. */
export interface Learned {
  startUps: readonly StartUpSample[]
  highestLoads: readonly HighestLoad[]
}

/** As a text that outlives the process. */
export function startUpsText({ startUps, highestLoads }: Learned): string {
  const revisions = [...new Set(startUps.map(({ revision = '' }) => revision))]
  const rows = startUps.map((sample): z.input<typeof row> => {
    const { podUid, readyAtSeconds, startUpSeconds, revision = '', youngNode, stages = {} } = sample
    const { schedulingSeconds, imageSeconds, applicationSeconds } = stages
    return [
      podUid,
      readyAtSeconds,
      startUpSeconds,
      revisions.indexOf(revision),
      youngNode === true ? 1 : 0,
      schedulingSeconds ?? null,
      imageSeconds ?? null,
      applicationSeconds ?? null,
    ]
  })
  return JSON.stringify({ version: VERSION, revisions, startUps: rows, highestLoads })
}

/** The same back; what cannot be read, or another version wrote, counts as absent. Never throws. */
export function parseStartUps(text: string): Learned {
  const kept = keptSchema.safeParse(jsonOf(text)).data
  if (kept === undefined) return { startUps: [], highestLoads: [] }
  const startUps = kept.startUps.map((one): StartUpSample => {
    const [podUid, readyAtSeconds, startUpSeconds, revision, young, ...stages] = one
    const [scheduling, image, application] = stages
    return {
      ...{ podUid, readyAtSeconds, startUpSeconds },
      revision: kept.revisions[revision] ?? '',
      youngNode: young === 1,
      stages: {
        ...(scheduling !== null && { schedulingSeconds: scheduling }),
        ...(image !== null && { imageSeconds: image }),
        ...(application !== null && { applicationSeconds: application }),
      },
    }
  })
  return { startUps, highestLoads: kept.highestLoads }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
