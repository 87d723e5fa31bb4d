import { oneLine } from './one-line.ts'

/** What happened to a connection. fetch says no more than "fetch failed"; the rest is in its causes. */
export function networkCause(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error), 200)
  if (error.cause instanceof Error) return networkCause(error.cause)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const message = error.message.startsWith(code) ? error.message : `${code}: ${error.message}`
  return oneLine(message === '' ? error.name : message, 200)
}
