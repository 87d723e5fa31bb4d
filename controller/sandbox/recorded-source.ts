import type { MetricsSource, RangeAnswer, RangeRequest } from '../reconcile/ports.ts'

/**
 * A metrics source that plays a function of time: the demand of the slot that starts at a second, NaN
 * where there is no sample. It answers as Prometheus does: the point at T is the slot before T.
 */
export class RecordedSource implements MetricsSource {
  readonly #demandOfSlot: (startSeconds: number) => number
  /** Set to answer with this instead: a source that fails, or has lost its data. */
  fault: RangeAnswer | null = null

  constructor(demandOfSlot: (startSeconds: number) => number) {
    this.#demandOfSlot = demandOfSlot
  }

  range({ startSeconds, endSeconds, stepSeconds }: RangeRequest): Promise<RangeAnswer> {
    if (this.fault !== null) return Promise.resolve(this.fault)
    const points = Math.floor((endSeconds - startSeconds) / stepSeconds) + 1
    const values = Float64Array.from({ length: points }, (_, i) =>
      this.#demandOfSlot(startSeconds + (i - 1) * stepSeconds),
    )
    const empty = values.every((value) => Number.isNaN(value))
    return Promise.resolve(
      empty ? { kind: 'empty' } : { kind: 'values', values, notFinite: 0, warnings: [] },
    )
  }
}
