import { reactiveNeed } from '../../forecaster/actuation/reactive-need.ts'
import { busyPeak } from '../../forecaster/plans/risk.ts'
import { type Checkpoint, peakWith, resume } from '../../forecaster/workload/checkpoint.ts'
import {
  createForecastLog,
  type ForecastLog,
  judgeForecast,
  logForecast,
} from '../../forecaster/workload/forecast-log.ts'
import { takeIn } from '../../forecaster/workload/live-through.ts'
import {
  beginRecord,
  computeFits,
  createWorkload,
  deliberate,
  type Limits,
  type Workload,
  type WorkloadFits,
  type WorkloadSettings,
} from '../../forecaster/workload/workload.ts'
import type { KnownEvent } from '../api/events.ts'
import { withoutEvents } from '../calendar/event-factor.ts'

/** Everything a worker needs to live through a workload's history. */
export interface RehearsalJob {
  settings: Omit<WorkloadSettings, 'peakReplicas'>
  /** Demand by slot from settings.firstStep on, in replicas; NaN in gaps. */
  samples: Float64Array
  /** Limits by slot, as the windows of bounds had them; the last one holds on. */
  limits: readonly Limits[]
  /** What the workload knew before; null for one that is new. */
  checkpoint: Checkpoint | null
}

/** A workload as if the controller had been there all along. */
export interface Rehearsal {
  workload: Workload
  log: ForecastLog
}

export interface FitJob {
  outlook: Workload['outlook']
  untilStep: number
  /** Their slots are not learned from. */
  events: readonly KnownEvent[]
}

const NO_LIMITS: Limits = { minReplicas: 0, maxReplicas: Infinity }

/** Lives through a history slot by slot, with the decision function and the fits of the live run. */
export function rehearse(job: RehearsalJob): Rehearsal {
  const { settings, samples } = job
  const known = job.checkpoint
  const busy = busyPeak(samples.filter((need) => !Number.isNaN(need)).sort())
  const peakReplicas = peakWith(known, busy)
  // What is known of slots before this history is known from its first on, of later ones at its end.
  const lastStep = settings.firstStep + samples.length - 1
  const knownFrom =
    known === null ? null : Math.min(Math.max(known.step, settings.firstStep), lastStep)
  const workload = createWorkload({ ...settings, peakReplicas })
  const log = createForecastLog(settings.leadSteps)
  const lastLimits = job.limits.at(-1) ?? NO_LIMITS
  const reactive = reactiveNeed(settings.actuation, settings.capacityPerReplica)
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? NaN
    const limits = job.limits[i] ?? lastLimits
    judgeForecast(log, settings.firstStep + i, sample)
    takeIn(workload, sample, limits)
    if (known !== null && settings.firstStep + i === knownFrom) resume(workload, known)
    // The decision after the last slot is the first that counts: it is taken by whoever acts on it.
    if (i === samples.length - 1) break
    const next = job.limits[i + 1] ?? lastLimits
    const { step, demandAhead } = deliberate(workload, { reactive: reactive(sample), ...next })
    if (demandAhead !== null) logForecast(log, step + settings.leadSteps, demandAhead)
  }
  if (known === null) beginRecord(workload)
  return { workload, log }
}

/** In a worker the outlook is a copy: what is masked here stays known there. */
export function fit({ outlook, untilStep, events }: FitJob): WorkloadFits {
  const { history } = outlook
  const { values, firstStep, stepSeconds } = history
  const usual = withoutEvents(values, firstStep, stepSeconds, events)
  return computeFits({ outlook: { ...outlook, history: { ...history, values: usual } } }, untilStep)
}
