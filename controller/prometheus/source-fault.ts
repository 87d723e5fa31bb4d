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
