import type { SourceErrorReason } from '../reconcile/ports.ts'

/** Why a metrics source gave no answer: `what` happened and what to `do`, each half a line. */
export class SourceFault extends Error {
  readonly reason: SourceErrorReason
  readonly what: string
  readonly todo: string

  constructor(reason: SourceErrorReason, what: string, todo: string) {
    super(`${what}; ${todo}`)
    this.reason = reason
    this.what = what
    this.todo = todo
  }
}

/** One line of at most `length` characters: text of a server or a user may hold line breaks. */
export function oneLine(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`
}
