/** A recording that cannot be used as it stands. The message says what, where and what to do. */
export class RecordingProblem extends Error {
  /** `unusable`: something in it is wrong. `too-little`: it is sound, but there is not enough of it. */
  readonly kind: 'unusable' | 'too-little'

  constructor(message: string, kind: 'unusable' | 'too-little' = 'unusable') {
    super(message)
    this.name = 'RecordingProblem'
    this.kind = kind
  }
}
