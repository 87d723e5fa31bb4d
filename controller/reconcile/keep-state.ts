import { newestStep } from '../../forecaster/series/history.ts'
import { EFFECT_AFTER_SECONDS } from '../../forecaster/workload/fit-schedule.ts'
import type { Workload } from '../../forecaster/workload/workload.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { type KeptState, nothingKept, readKept } from './kept-state.ts'
import type { Live, ScalerMemory } from './memory.ts'
import type { StateKey, StateStore } from './ports.ts'
import { spreadOf } from './spread.ts'
import { formatStoredCheckpoint, storedCheckpointOf } from './stored-checkpoint.ts'
import { formatStoredPlan, storedPlanOf } from './stored-plan.ts'
import { STEP_SECONDS } from './timing.ts'

/** A new plan may wait so long where the old one still holds: all are made at one slot, floors go first. */
const SPREAD_MS = 10 * 60_000
/** A write that failed is not tried again at every sync. */
const RETRY_MS = 5 * 60_000
/** A checkpoint that is hardly older than the workload is not worth a write when the controller stops. */
const FRESH_STEPS = 15

interface Now {
  nowMs: number
  /** The start-up samples as a text of their own; null while there are none. */
  startUps: string | null
}

interface Keeping extends Now {
  live: Live
  kept: KeptState
}

/** Whether anything is kept of a scaler: mode Observe writes nothing, so it has nothing to read either. */
function isKept({ spec }: PredictiveScaler): boolean {
  return spec.mode !== 'Observe'
}

/**
 * What was kept before the controller started, and what there is to say of it. A store that is out of reach
 * is to be asked again, which null says; in all other cases what cannot be had counts as absent.
 */
export async function readState(
  store: StateStore,
  scaler: PredictiveScaler,
  signal: AbortSignal,
): Promise<{ kept: KeptState | null; said: string[] }> {
  if (!isKept(scaler)) return { kept: nothingKept(), said: [] }
  const answer = await store.read(scaler, signal)
  if (answer.kind === 'state') return readKept(answer.texts, scaler.spec)
  const passes = answer.reason === 'Unreachable'
  return { kept: passes ? null : nothingKept(), said: [answer.message] }
}

/**
 * Writes plan, checkpoint and start-ups after each fit, and at once what was made under another spec.
 *
 * @returns what went wrong, null when nothing did
 */
export async function keepState(
  store: StateStore,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  now: Now,
  signal: AbortSignal,
): Promise<string | null> {
  const { live, kept } = memory
  if (!isKept(scaler) || live === null || kept === null) return null
  const dueMs = Math.max(memory.nextKeepAtMs, dueAtMs(scaler, live.workload, kept))
  if (now.nowMs < dueMs) return null
  return await write(store, scaler, memory, { live, kept, ...now }, signal)
}

/** The controller stops: what was learned since the last fit is kept too. */
export async function keepAtStop(
  store: StateStore,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  now: Now,
  signal: AbortSignal,
): Promise<string | null> {
  const { live, kept } = memory
  if (!isKept(scaler) || live === null || kept === null) return null
  const known = kept.checkpoint?.checkpoint.step ?? -Infinity
  if (newestStep(live.workload.outlook.history) - known < FRESH_STEPS) return null
  return await write(store, scaler, memory, { live, kept, ...now }, signal)
}

/** From when on a new plan and checkpoint are to be written; Infinity while those that stand are the newest. */
function dueAtMs({ metadata }: PredictiveScaler, workload: Workload, kept: KeptState): number {
  const { madeFrom } = kept
  if (madeFrom === null || madeFrom.generation !== (metadata.generation ?? 0)) return -Infinity
  const { fittedUntil } = workload
  if (madeFrom.fittedUntil >= fittedUntil) return Infinity
  const inEffectSeconds = fittedUntil * STEP_SECONDS + EFFECT_AFTER_SECONDS
  return inEffectSeconds * 1000 + spreadOf(metadata.uid ?? metadata.name) * SPREAD_MS
}

async function write(
  store: StateStore,
  scaler: PredictiveScaler,
  memory: ScalerMemory,
  { live, kept, nowMs, startUps }: Keeping,
  signal: AbortSignal,
): Promise<string | null> {
  const { workload } = live
  const plan = storedPlanOf(workload, scaler, nowMs)
  const checkpoint = storedCheckpointOf(workload, scaler, nowMs)
  const checkpointText = formatStoredCheckpoint(checkpoint)
  const texts: Record<StateKey, string | null | undefined> = {
    plan: plan === null ? null : formatStoredPlan(plan),
    checkpoint: checkpointText ?? undefined,
    startUps: startUps ?? undefined,
  }
  const given = Object.entries(texts).filter(
    ([key, text]) => text !== undefined && !kept.newer.has(key as StateKey),
  )
  const answer = await store.write(scaler, Object.fromEntries(given), signal)
  if (answer.kind === 'error') {
    memory.nextKeepAtMs = nowMs + RETRY_MS
    // A dry run and the kill switch are said by themselves.
    return answer.reason === 'WritesHeld' ? null : answer.message
  }
  memory.kept = {
    ...kept,
    plan: kept.newer.has('plan') ? null : plan,
    checkpoint: checkpointText === null ? kept.checkpoint : checkpoint,
    startUps: startUps ?? kept.startUps,
    madeFrom: checkpoint,
  }
  return checkpointText === null ? 'the checkpoint is too long to be kept' : null
}
