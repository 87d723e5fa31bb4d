import { createHash } from 'node:crypto'
import type { PredictiveScalerSpec } from '../api/spec.ts'

/** Tells demand in replicas of one workload from that of another: what was learned under another is void. */
export function demandFingerprint({ scaleTargetRef, demand }: PredictiveScalerSpec): string {
  const said = JSON.stringify([scaleTargetRef, demand])
  return createHash('sha256').update(said).digest('hex').slice(0, 16)
}
