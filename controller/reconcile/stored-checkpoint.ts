import { z } from 'zod'
import { type Checkpoint, checkpointOf } from '../../forecaster/workload/checkpoint.ts'
import type { Workload } from '../../forecaster/workload/workload.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { demandFingerprint } from './demand-fingerprint.ts'
import { instant } from './instant.ts'
import { type Parsed, parseVersioned } from './versioned-json.ts'

const VERSION = 1
/** What one object may add to what the API server holds (architecture: State). */
export const CHECKPOINT_LIMIT_BYTES = 64 * 1024
/** Half-life of fourteen days of one-minute slots, summed for ever: no tally weighs more. */
const MOST_WEIGHT = 1e6
/** Scaled errors lie within some tens; a correction beyond that was not learned. */
const MOST_CORRECTION = 1e3

const tally = z
  .object({
    slots: z.number().min(0).max(MOST_WEIGHT),
    violated: z.number().min(0),
    replicas: z.number().min(0),
  })
  .refine(({ slots, violated }) => violated <= slots, {
    path: ['violated'],
    message: 'more than slots',
  })
const correction = z.number().min(-MOST_CORRECTION).max(MOST_CORRECTION)

const checkpointSchema = z.object({
  version: z.literal(1),
  step: z.int().min(0),
  leadSteps: z.int().min(0),
  prices: z.array(z.number().positive()).max(64),
  peakReplicas: z.number().positive(),
  own: tally,
  law: z.array(tally).max(64),
  reactive: z.array(tally).max(64),
  trackers: z.record(z.string().max(64), z.array(correction).max(256)),
}) satisfies z.ZodType<Checkpoint>

const storedSchema = z.object({
  version: z.literal(VERSION),
  /** What demand it was learned from, see {@link demandFingerprint}. */
  demand: z.string().max(64),
  madeAt: z.iso.datetime(),
  /** Generation of the spec, and up to where the fits in force had learned. */
  generation: z.int().min(0),
  fittedUntil: z.int(),
  checkpoint: checkpointSchema,
})

export type StoredCheckpoint = z.output<typeof storedSchema>

export function storedCheckpointOf(
  workload: Workload,
  { metadata, spec }: PredictiveScaler,
  nowMs: number,
): StoredCheckpoint {
  return {
    version: VERSION,
    demand: demandFingerprint(spec),
    madeAt: instant(nowMs),
    generation: metadata.generation ?? 0,
    fittedUntil: workload.fittedUntil,
    checkpoint: checkpointOf(workload),
  }
}

export function parseStoredCheckpoint(text: string): Parsed<StoredCheckpoint> {
  if (Buffer.byteLength(text) > CHECKPOINT_LIMIT_BYTES) {
    return { kind: 'unreadable', why: `longer than ${CHECKPOINT_LIMIT_BYTES} bytes` }
  }
  return parseVersioned(text, VERSION, storedSchema)
}

/** @returns null where it would be too long to be kept, or could not be read back */
export function formatStoredCheckpoint(stored: StoredCheckpoint): string | null {
  const text = JSON.stringify(stored)
  return parseStoredCheckpoint(text).kind === 'known' ? text : null
}
