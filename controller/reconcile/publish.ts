import { keyOf } from './act.ts'
import type { ScalerMemory } from './memory.ts'
import type { ScalerStore } from './ports.ts'
import { statusOf } from './status-of.ts'
import type { SyncView } from './view.ts'

/** The status is written no more often than this, however much changes. */
const STATUS_EVERY_MS = 30_000

/**
 * Writes the status when something visible changed, at most every 30 s. A write that fails is tried
 * again at the next sync.
 *
 * @returns what went wrong, null when nothing did
 */
export async function publishStatus(
  store: ScalerStore,
  view: SyncView,
  memory: ScalerMemory,
  signal: AbortSignal,
): Promise<string | null> {
  const status = statusOf(view)
  const json = JSON.stringify(status)
  if (json === memory.statusJson || view.nowMs - memory.statusAtMs < STATUS_EVERY_MS) return null
  const answer = await store.writeStatus(keyOf(view.scaler), status, signal)
  if (answer.kind === 'error') return answer.message
  memory.statusJson = json
  memory.statusAtMs = view.nowMs
  return null
}
