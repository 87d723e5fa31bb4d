import { z } from 'zod'
import { expiryStep, plannedFor } from '../../forecaster/workload/day-plan.ts'
import { followsForecast, planInForce, type Workload } from '../../forecaster/workload/workload.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import { demandFingerprint } from './demand-fingerprint.ts'
import { instant } from './instant.ts'
import { STEP_SECONDS } from './timing.ts'
import { type Parsed, parseVersioned } from './versioned-json.ts'

const VERSION = 1
/** More than any plan of ours: a text that claims to hold for longer is not one. */
const MOST_SLOTS = 2 * 1440

const time = () => z.iso.datetime()
const planSchema = z
  .object({
    version: z.literal(VERSION),
    /** What demand it was made for, see {@link demandFingerprint}. */
    demand: z.string().max(64),
    /** Generation of the spec it was made under. */
    generation: z.int().min(0),
    madeAt: time(),
    /** Start of the first slot; the fit behind it has learned from what came before. */
    firstSlotAt: time(),
    stepSeconds: z.int().min(1).max(86_400),
    expiresAt: time(),
    /** The highest need of the history it was made from, in replicas. */
    highestNeed: z.number().min(0),
    /** Replicas that are to be Ready in each slot; null where that time of day is unknown. */
    replicas: z.array(z.int32().min(0).nullable()).max(MOST_SLOTS),
  })
  .refine(
    ({ firstSlotAt, stepSeconds, replicas, expiresAt }) =>
      Date.parse(expiresAt) <= Date.parse(firstSlotAt) + replicas.length * stepSeconds * 1000,
    { path: ['expiresAt'], message: 'later than the last slot' },
  )

/** The replicas of the next day as they are kept beside the scaler, for when there is nothing else. */
export type StoredPlan = z.output<typeof planSchema>

/**
 * What the workload plans for the day ahead, at its price as it is now.
 *
 * @returns null before the first fit, and where the workload is left to the HPA
 */
export function storedPlanOf(
  workload: Workload,
  { metadata, spec }: PredictiveScaler,
  nowMs: number,
): StoredPlan | null {
  const { dayAhead, selection } = workload
  if (dayAhead === null || !followsForecast(selection)) return null
  const { untilStep, blockSteps } = dayAhead
  const plan = planInForce(selection)
  const endStep = expiryStep(dayAhead)
  // Windows and events are of the decision; here is what the usual day needs, as far as any window allows.
  const most = Math.max(spec.maxReplicas, ...spec.bounds.map((bound) => bound.maxReplicas ?? 0))
  const replicas: (number | null)[] = []
  for (let step = untilStep; step < endStep; step += blockSteps) {
    replicas.push(plannedFor(dayAhead, step, plan, most))
  }
  return {
    version: VERSION,
    demand: demandFingerprint(spec),
    generation: metadata.generation ?? 0,
    madeAt: instant(nowMs),
    firstSlotAt: instant(untilStep * STEP_SECONDS * 1000),
    stepSeconds: blockSteps * STEP_SECONDS,
    expiresAt: instant(endStep * STEP_SECONDS * 1000),
    highestNeed: Math.ceil(workload.highestNeed * 100) / 100,
    replicas,
  }
}

/** Replicas to be Ready at a time; null where the plan does not say, and once it has expired. */
export function plannedAt(plan: StoredPlan, atMs: number): number | null {
  if (atMs >= Date.parse(plan.expiresAt)) return null
  const slot = Math.floor((atMs - Date.parse(plan.firstSlotAt)) / (plan.stepSeconds * 1000))
  return plan.replicas[slot] ?? null
}

export function parseStoredPlan(text: string): Parsed<StoredPlan> {
  return parseVersioned(text, VERSION, planSchema)
}

/** For people too: an hour of replicas a line. */
export function formatStoredPlan({ replicas, ...head }: StoredPlan): string {
  const perHour = Math.max(1, Math.round(3600 / head.stepSeconds))
  const hours: string[] = []
  for (let i = 0; i < replicas.length; i += perHour) {
    hours.push(
      `    ${replicas
        .slice(i, i + perHour)
        .map(String)
        .join(', ')}`,
    )
  }
  const fields = JSON.stringify(head, null, 2).replace(/\n}$/, '')
  return `${fields},\n  "replicas": [\n${hours.join(',\n')}\n  ]\n}\n`
}
