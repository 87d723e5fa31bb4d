import { DateTime } from 'luxon'
import { nextBlock } from '../../forecaster/day-ahead/day-ahead.ts'
import type { LeadTime } from '../../forecaster/lead-time/lead-time.ts'
import { startUpQuantile } from '../../forecaster/lead-time/start-up-quantile.ts'
import { plannedFor } from '../../forecaster/workload/day-plan.ts'
import { achievedCoverage, LOGGED_QUANTILES } from '../../forecaster/workload/forecast-log.ts'
import { planInForce, raised } from '../../forecaster/workload/workload.ts'
import { type Condition, setCondition } from '../api/conditions.ts'
import { quantityText } from '../api/quantity.ts'
import type { PredictiveScalerStatus } from '../api/status.ts'
import { eventFactor } from '../calendar/event-factor.ts'
import { limitsAt } from '../calendar/limits-at.ts'
import { chosenStartUps, isYoung } from '../lifecycle/chosen-start-ups.ts'
import { stageMedians } from '../lifecycle/stage-medians.ts'
import { conditionsOf } from './conditions-of.ts'
import { signalFingerprint } from './demand-fingerprint.ts'
import { instant } from './instant.ts'
import { runningStep, STEP_SECONDS } from './timing.ts'
import type { SyncView } from './view.ts'

/** The quantile whose coverage the status shows. */
const SHOWN_QUANTILE = LOGGED_QUANTILES.indexOf(0.95)

const SOURCES = {
  initial: 'Initial',
  prior: 'Prior',
  learned: 'Learned',
  starting: 'Starting',
} as const satisfies Record<LeadTime['source'], string>

/** The status after a sync. What is not known is absent, never zero. Pure. */
export function statusOf(view: SyncView): PredictiveScalerStatus {
  const { scaler, nowMs, pods, live, hpa, kept } = view
  const { kind, name } = scaler.spec.scaleTargetRef
  const now = instant(nowMs)
  const conditions = conditionsOf(view).reduce<readonly Condition[]>(
    (list, statement) => setCondition(list, statement, now),
    scaler.status?.conditions ?? [],
  )
  const next = nextChange(view)
  const writes = scaler.spec.mode !== 'Observe' && !view.paused
  return {
    ...(scaler.metadata.generation !== undefined && {
      observedGeneration: scaler.metadata.generation,
    }),
    conditions: [...conditions],
    ...(writes && hpa.kind === 'hpa' && { floor: hpa.view.minReplicas }),
    ...(pods.synced && { readyReplicas: pods.ready }),
    ...(next !== null && { next: { replicas: next.replicas, at: instant(next.atMs) } }),
    ...(kept.plan !== null && {
      plan: { configMap: kept.configMap, expiresAt: kept.plan.expiresAt },
    }),
    leadTime: leadTimeOf(view),
    ...(live !== null && { model: modelOf(live) }),
    ...coverageOf(view),
    ...lastDecisionOf(view),
    ...highestLoadsOf(view),
    columns: {
      target: `${kind}/${name}`,
      ...(next !== null && {
        at: DateTime.fromMillis(next.atMs, { zone: 'utc' }).toFormat('HH:mm'),
      }),
      lead: `${Math.round(view.leadTime.startUpSeconds)}s`,
    },
  }
}

/** The first slot of the next day in which the plan asks for other replicas than run now. */
function nextChange({ scaler, live }: SyncView): { replicas: number; atMs: number } | null {
  const deliberation = live?.deliberation
  if (live === null || deliberation === undefined || deliberation === null) return null
  const { spec } = scaler
  const { decision, step } = deliberation
  const { dayAhead, selection } = live.workload
  if (dayAhead === null) return null
  const end = step + dayAhead.stepsPerDay
  const plan = planInForce(selection)
  for (let at = step + 1; at < end; at = nextBlock(dayAhead, at)) {
    const atMs = at * STEP_SECONDS * 1000
    const { minReplicas, maxReplicas } = limitsAt(spec, atMs, 0, STEP_SECONDS)
    const planned = plannedFor(dayAhead, at, plan, maxReplicas)
    if (planned === null) continue
    const need = raised(planned, eventFactor(spec.events, atMs))
    const replicas = Math.min(Math.max(need, minReplicas), maxReplicas)
    if (replicas !== decision.replicas) return { replicas, atMs }
  }
  return null
}

function modelOf({ workload }: NonNullable<SyncView['live']>): string {
  const { members, forest } = workload.outlook
  const names = members.map(({ modelId, errors }) =>
    errors === 'forest' && forest !== null ? `${modelId} with forest` : modelId,
  )
  return names.join(' + ')
}

function leadTimeOf({
  leadTime,
  startUps,
  pods,
}: SyncView): NonNullable<PredictiveScalerStatus['leadTime']> {
  const chosen = chosenStartUps(pods.startUps, pods.revision)
  const young = pods.startUps.filter(isYoung).map(({ startUpSeconds }) => startUpSeconds)
  return {
    seconds: Math.round(leadTime.startUpSeconds),
    ...(startUps.length > 0 && {
      p50Seconds: Math.round(startUpQuantile(startUps, [], 0.5)),
      p90Seconds: Math.round(startUpQuantile(startUps, [], 0.9)),
    }),
    ...stageMedians(chosen),
    ...(young.length > 0 && {
      youngNodeSeconds: Math.round(startUpQuantile(young, [], 0.5)),
      youngNodeSamples: young.length,
    }),
    samples: leadTime.samples,
    source: SOURCES[leadTime.source],
  }
}

function coverageOf({ live }: SyncView): Pick<PredictiveScalerStatus, 'coverage'> {
  const achieved = live === null ? null : achievedCoverage(live.log, SHOWN_QUANTILE)
  if (achieved === null) return {}
  return { coverage: { asked: '95%', achieved: `${(achieved * 100).toFixed(1)}%` } }
}

/** Of the signals as they are asked for now: one whose query has changed starts anew. */
function highestLoadsOf({
  scaler,
  highestLoads,
}: SyncView): Pick<PredictiveScalerStatus, 'highestLoadPerReplica'> {
  const seen = scaler.spec.demand.flatMap((signal) => {
    const load = highestLoads.find((one) => one.signal === signal.name)
    if (load === undefined || load.fingerprint !== signalFingerprint(signal)) return []
    const { averageValue, averageUtilization } = signal.capacity
    return {
      signal: signal.name,
      value: quantityText(load.value),
      capacity: String(averageValue ?? capacityText(load.capacity, averageUtilization)),
      at: instant(load.atSeconds * 1000),
    }
  })
  return seen.length === 0 ? {} : { highestLoadPerReplica: seen }
}

/** A share of the request is told in the unit of the signal, where what a pod requests is known. */
function capacityText(capacity: number | null, percent: number | undefined): string {
  return capacity === null ? `${percent}%` : quantityText(capacity)
}

function lastDecisionOf({
  live,
  standIn,
  nowMs,
}: SyncView): Pick<PredictiveScalerStatus, 'lastDecision'> {
  const { decision, step } = live?.deliberation ?? {
    decision: standIn?.decision ?? null,
    step: runningStep(nowMs),
  }
  if (decision === null) return {}
  return {
    lastDecision: {
      replicas: decision.replicas,
      at: instant(step * STEP_SECONDS * 1000),
      reasons: [decision.reason, ...decision.absent],
    },
  }
}
