import { isPaused, PAUSED_REPLICAS_ANNOTATION } from '../api/paused.ts'
import type { PredictiveScaler } from '../api/schema.ts'

/** Whether two states of one object ask the same of Foresail: its own status and finalizer aside. */
export function sameIntent(
  a: Pick<PredictiveScaler, 'metadata'>,
  b: Pick<PredictiveScaler, 'metadata'>,
): boolean {
  return (
    a.metadata.generation === b.metadata.generation &&
    isPaused(a.metadata.annotations) === isPaused(b.metadata.annotations) &&
    a.metadata.annotations?.[PAUSED_REPLICAS_ANNOTATION] ===
      b.metadata.annotations?.[PAUSED_REPLICAS_ANNOTATION] &&
    (a.metadata.deletionTimestamp == null) === (b.metadata.deletionTimestamp == null)
  )
}
