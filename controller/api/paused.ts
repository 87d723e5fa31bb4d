export const PAUSED_ANNOTATION = 'foresail.dev/paused'

/**
 * Whether a person has stopped Foresail on this object. It is the brake, so every value pauses except
 * `false`: `yes`, `True` and an empty text must not be read as "go on".
 */
export function isPaused(annotations: Readonly<Record<string, string>> | undefined): boolean {
  const value = annotations?.[PAUSED_ANNOTATION]
  return value !== undefined && value !== 'false'
}

export const PAUSED_REPLICAS_ANNOTATION = 'foresail.dev/paused-replicas'

/** Replicas that are held while paused; `none` has the HPA go on from the user's own values. */
export type PausedReplicas =
  | { kind: 'none' }
  | { kind: 'replicas'; replicas: number }
  | { kind: 'invalid'; text: string }

/** As with KEDA, it counts only beside the annotation that pauses. */
export function pausedReplicas(
  annotations: Readonly<Record<string, string>> | undefined,
): PausedReplicas {
  const text = annotations?.[PAUSED_REPLICAS_ANNOTATION]
  if (text === undefined || !isPaused(annotations)) return { kind: 'none' }
  const replicas = Number(text)
  const valid = /^\d{1,6}$/.test(text) && replicas <= 150_000
  return valid ? { kind: 'replicas', replicas } : { kind: 'invalid', text: text.slice(0, 40) }
}
