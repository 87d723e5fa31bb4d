import type { Findings } from './finding.ts'
import { quoted } from './sample.ts'

/** What a recording holds, in parallel lists: strictly ascending in time, one sample a stamp. */
export interface Samples {
  /** Line or point of the recording, from 1. */
  rows: number[]
  /** Milliseconds since the epoch. */
  atMs: number[]
  /** NaN is a gap. */
  values: number[]
}

/** Takes one sample after the other; what stands twice, or too late, is a finding and no sample. */
export function addSample(
  samples: Samples,
  sample: { row: number; stamp: string; atMs: number; value: number },
  findings: Findings,
): void {
  const { row, stamp, atMs, value } = sample
  const newest = samples.atMs.at(-1) ?? -Infinity
  if (atMs > newest) {
    samples.rows.push(row)
    samples.atMs.push(atMs)
    samples.values.push(value)
    return
  }
  if (atMs < newest) {
    const what = `${quoted(stamp)} is earlier than a row above`
    const todo = 'Sort the rows, oldest first (stamps without a zone are UTC)'
    findings.add({ severity: 'problem', kind: 'disorder', what, todo }, row)
    return
  }
  const kept = samples.values.at(-1) ?? NaN
  if (Object.is(value, kept)) {
    const what = `${quoted(stamp)} stands twice with the same value`
    const todo = 'It is read once'
    findings.add({ severity: 'warning', kind: 'duplicate', what, todo }, row)
    return
  }
  const what = `${quoted(stamp)} stands twice, with ${word(kept)} and with ${word(value)}`
  const todo = 'Keep one row a timestamp'
  findings.add({ severity: 'problem', kind: 'conflict', what, todo }, row)
}

function word(value: number): string {
  return Number.isNaN(value) ? 'nothing' : String(value)
}
