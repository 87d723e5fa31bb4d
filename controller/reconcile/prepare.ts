import { type LeadTime, leadSteps } from '../../forecaster/lead-time/lead-time.ts'
import { holdSteps } from '../../forecaster/plans/hold.ts'
import type { Checkpoint } from '../../forecaster/workload/checkpoint.ts'
import type { Limits } from '../../forecaster/workload/workload.ts'
import { riskOf } from '../api/risk.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { offsetSeconds, onTodaysClock } from '../calendar/civil-clock.ts'
import { withoutEvents } from '../calendar/event-factor.ts'
import { limitsAt } from '../calendar/limits-at.ts'
import { actuationOf } from './actuation-of.ts'
import type { Live, NotLive } from './memory.ts'
import { type Observed, observe } from './observe.ts'
import type { Forecasting, HpaOriginal, MetricsSource } from './ports.ts'
import type { Rehearsal, RehearsalJob } from './rehearse.ts'
import { LEAST_HISTORY_DAYS, newestClosedStep, STEP_SECONDS, SYNC_SECONDS } from './timing.ts'

const STEPS_PER_DAY = 86_400 / STEP_SECONDS
/** Scrapes start late and hosts restart: a week that lacks its first hour is a week. */
const TOLERATED_STEPS = 3600 / STEP_SECONDS

export interface PrepareInput {
  namespace: string
  spec: PredictiveScalerSpec
  leadTime: LeadTime
  nowMs: number
  sources: ReadonlyMap<string, MetricsSource>
  forecasting: Forecasting
  /** The user's own HPA; null while it was not read. */
  ownHpa: HpaOriginal | null
  /** What the workload knew before; null for one that is new. */
  checkpoint: Checkpoint | null
}

export type Prepared = { live: Live } | { notLive: NotLive }

/** Reads the history and lives through it in a worker. The raw history is kept no longer than that. */
export async function prepare(input: PrepareInput, signal: AbortSignal): Promise<Prepared> {
  const { spec, nowMs } = input
  const days = Math.max(LEAST_HISTORY_DAYS, spec.prediction.historyDays)
  const lastStep = newestClosedStep(nowMs)
  const firstStep = lastStep - days * STEPS_PER_DAY + 1
  const span = { firstStep, lastStep, stepSeconds: STEP_SECONDS }
  const observed = await observe(input.sources, input, span, signal)
  const short = tooShort(observed)
  if (short !== null) return { notLive: short }

  // Slots after the newest known one are not gaps yet: their samples may still come.
  const known = observed.demand.whole.subarray(0, lastKnown(observed.demand.whole) + 1)
  const { timeZone } = spec.prediction
  const usual = withoutEvents(known, firstStep, STEP_SECONDS, spec.events)
  const samples = onTodaysClock(usual, firstStep, STEP_SECONDS, timeZone, nowMs)
  const job = rehearsalJob(input, firstStep, samples)
  const rehearsal = await rehearseOrSay(input.forecasting, job, signal)
  if ('notLive' in rehearsal) return rehearsal
  const { workload, log } = rehearsal
  const live: Live = {
    workload,
    log,
    rehearsedAtMs: nowMs,
    hpaAlone: null,
    deliberation: null,
    undecided: true,
    limits: null,
    offsetSeconds: offsetSeconds(timeZone, nowMs),
    newestDemand: known.at(-1) ?? NaN,
    binding: observed.demand.binding,
    fitProblem: null,
    fitAhead: null,
  }
  return { live }
}

async function rehearseOrSay(
  forecasting: Forecasting,
  job: RehearsalJob,
  signal: AbortSignal,
): Promise<Rehearsal | { notLive: NotLive }> {
  try {
    return await forecasting.rehearse(job, signal)
  } catch (error) {
    signal.throwIfAborted()
    const why = error instanceof Error ? error.message : String(error)
    return {
      notLive: { reason: 'ForecastFailed', message: `the history could not be learned: ${why}` },
    }
  }
}

function rehearsalJob(
  { spec, leadTime, ownHpa, checkpoint }: PrepareInput,
  firstStep: number,
  samples: Float64Array,
): RehearsalJob {
  const lead = leadSteps(leadTime.startUpSeconds, SYNC_SECONDS, STEP_SECONDS)
  const window = spec.behavior.scaleDown.stabilizationWindowSeconds
  return {
    settings: {
      stepSeconds: STEP_SECONDS,
      firstStep,
      // Signals are combined in replicas, so one replica carries one.
      capacityPerReplica: 1,
      leadSteps: lead,
      holdSteps: holdSteps(lead, STEP_SECONDS, window),
      risk: riskOf(spec.prediction.risk),
      actuation: actuationOf(spec, ownHpa),
    },
    samples,
    limits: limitsOver(spec, firstStep, samples.length, lead),
    checkpoint,
  }
}

/** The limits of each slot; one for all where no window changes them. */
function limitsOver(
  spec: PredictiveScalerSpec,
  firstStep: number,
  slots: number,
  leadSteps: number,
): Limits[] {
  const count = spec.bounds.length === 0 ? 1 : slots
  return Array.from({ length: count }, (_, i) => {
    const atMs = (firstStep + i) * STEP_SECONDS * 1000
    const { minReplicas, maxReplicas } = limitsAt(spec, atMs, leadSteps, STEP_SECONDS)
    return { minReplicas, maxReplicas }
  })
}

/** Why the history does not carry a forecast; null when it does. */
function tooShort({ demand, problems }: Observed): NotLive | null {
  const { whole } = demand
  const first = whole.findIndex((value) => !Number.isNaN(value))
  const [problem] = problems
  if (first === -1) {
    return (
      problem ?? {
        reason: 'NoSeries',
        message: 'the queries answer with no sample of the last week',
      }
    )
  }
  const needed = LEAST_HISTORY_DAYS * STEPS_PER_DAY
  const reach = whole.length - first
  if (reach < needed - TOLERATED_STEPS) {
    const have = (reach / STEPS_PER_DAY).toFixed(1)
    const wait = ((needed - reach) / STEPS_PER_DAY).toFixed(1)
    return {
      reason: 'TooFewSamples',
      message: `${have} of ${LEAST_HISTORY_DAYS} days of history; complete in ${wait} days`,
    }
  }
  const known = whole.filter((value) => !Number.isNaN(value)).length
  if (known < whole.length / 2) {
    const share = Math.round((100 * known) / whole.length)
    return {
      reason: 'TooFewSamples',
      message: `only ${share} % of the last ${whole.length / STEPS_PER_DAY} days have samples; half are needed`,
    }
  }
  return null
}

/** Index of the newest value that is known; -1 when none is. */
export function lastKnown(values: Float64Array): number {
  let last = values.length - 1
  while (last >= 0 && Number.isNaN(values[last])) last--
  return last
}
