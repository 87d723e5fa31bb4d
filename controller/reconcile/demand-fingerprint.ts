import { createHash } from 'node:crypto'
import type { DemandSignal } from '../api/demand.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'

/** Tells demand in replicas of one workload from that of another: what was learned under another is void. */
export function demandFingerprint({ scaleTargetRef, demand }: PredictiveScalerSpec): string {
  return hashOf([scaleTargetRef, demand])
}

/** Tells what a signal measures from what another of its name did; its capacity may change meanwhile. */
export function signalFingerprint({ name, prometheus, resource, formula }: DemandSignal): string {
  return hashOf([name, prometheus, resource, formula])
}

function hashOf(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16)
}
