import type { LeadTime } from '../../forecaster/lead-time/lead-time.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { Advanced } from './advance.ts'
import type { Live, NotLive } from './memory.ts'
import type { HpaAnswer, PodsView } from './ports.ts'

/** Everything that one sync saw and did: what status, conditions and metrics are made from. */
export interface SyncView {
  scaler: PredictiveScaler
  nowMs: number
  paused: boolean
  /** The HPA after this sync's writes. */
  hpa: HpaAnswer
  pods: PodsView
  /** Start-ups that the lead time was learned from, in seconds. */
  startUps: readonly number[]
  leadTime: LeadTime
  live: Live | null
  notLive: NotLive
  advanced: Advanced | null
  fallback: boolean
}
