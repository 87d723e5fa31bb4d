import type { LeadTime } from '../../forecaster/lead-time/lead-time.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { Advanced } from './advance.ts'
import type { Live, NotLive } from './memory.ts'
import type { HighestLoad, HpaAnswer, PodsView } from './ports.ts'
import type { StandIn } from './stand-in.ts'
import type { StoredPlan } from './stored-plan.ts'

/** Everything that one sync saw and did: what status, conditions and metrics are made from. */
export interface SyncView {
  scaler: PredictiveScaler
  nowMs: number
  paused: boolean
  /** The HPA after this sync's writes. */
  hpa: HpaAnswer
  pods: PodsView
  /** What a Ready pod was seen to carry, by signal. */
  highestLoads: readonly HighestLoad[]
  /** Start-ups that the lead time was learned from, in seconds. */
  startUps: readonly number[]
  leadTime: LeadTime
  live: Live | null
  notLive: NotLive
  advanced: Advanced | null
  fallback: boolean
  /** What is decided while there is no workload to ask; null while there is one, or no HPA to see. */
  standIn: StandIn | null
  /** The plan in the state store, and where it lies. */
  kept: { configMap: string; plan: StoredPlan | null }
  /** What this sync has to say in the log. */
  said: string[]
  /** Whether the next sync is to come at once. */
  again: boolean
}
