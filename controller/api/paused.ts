export const PAUSED_ANNOTATION = 'foresail.dev/paused'

/**
 * Whether a person has stopped Foresail on this object. It is the brake, so every value pauses except
 * `false`: `yes`, `True` and an empty text must not be read as "go on".
 */
export function isPaused(annotations: Readonly<Record<string, string>> | undefined): boolean {
  const value = annotations?.[PAUSED_ANNOTATION]
  return value !== undefined && value !== 'false'
}
