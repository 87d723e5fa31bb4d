import type { PredictiveScalerSpec } from '../api/spec.ts'
import type { StepSpan } from '../signals/read-query.ts'
import { signalFingerprint } from './demand-fingerprint.ts'
import type { Observed } from './observe.ts'
import type { LoadRecord } from './ports.ts'

/** What each signal was in each closed slot, where it is known and whole. */
export function seeLoads(
  record: LoadRecord | undefined,
  spec: PredictiveScalerSpec,
  { signals }: Pick<Observed, 'signals'>,
  { firstStep, lastStep, stepSeconds }: StepSpan,
): void {
  if (record === undefined) return
  const fingerprints = new Map(spec.demand.map((one) => [one.name, signalFingerprint(one)]))
  for (let step = firstStep; step <= lastStep; step++) {
    const slot = step - firstStep
    const loads = signals.flatMap(({ name, values, lowerBound, capacityPerReplica }) => {
      const demand = values[slot] ?? NaN
      const known = lowerBound[slot] === 0 && Number.isFinite(demand)
      const fingerprint = fingerprints.get(name) ?? ''
      return known ? { signal: name, fingerprint, demand, capacityPerReplica } : []
    })
    const startSeconds = step * stepSeconds
    record.see({ startSeconds, endSeconds: startSeconds + stepSeconds }, loads)
  }
}
